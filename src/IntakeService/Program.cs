using Waybill.Hosting;
using Waybill.IntakeService.Dispatching;
using Waybill.IntakeService.Queueing;
using Waybill.IntakeService.Redeliveries;
using Waybill.IntakeService.Steering;
using Waybill.IntakeService.Submissions;
using Waybill.IntakeService.Submissions.Batches;
using Waybill.Notifications.Telemetry;
using Waybill.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(WaybillTelemetry.Name);
builder.AddStatusClient();
builder.AddNotificationQueue();
builder.AddSubmissions();
builder.AddSteering();
builder.AddDispatching();
builder.AddRedeliveries();

var app = builder.Build();

app.UseServiceDefaults();
app.MapOpenApi();
app.MapSubmissions();
app.MapBatches();
app.MapSteering();
app.MapRedeliveries();
app.MapQueue();

await app.RunAsync();
