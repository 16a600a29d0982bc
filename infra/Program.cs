using Amazon.CDK;
using Waybill.Infra;
using Waybill.Infra.Deployment;

var app = new App(new AppProps { AnalyticsReporting = false });

try
{
    WaybillStacks.AddTo(app, Settings.Read(app.Node));
}
catch (SettingException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

app.Synth();
return 0;
