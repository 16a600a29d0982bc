using Waybill.AppHost.Local;
using Waybill.LocalAws;

var builder = DistributedApplication.CreateBuilder(args);

// Emulators, their data, and the right to run on it: one AppHost at a time.
LocalTools tools;
DataFolder data;

try
{
    builder.UsePortSettings();
    tools = await LocalTools.EnsureInstalledAsync(Console.WriteLine);
    data = DataFolder.Take(builder.Configuration, tools);
    builder.CheckPortsAreFree();
}
catch (LocalToolsException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}

using var taken = data;
var apiKey = builder.AddParameter("apikey", () => builder.Configuration["Parameters:apikey"] ?? "waybill-local-key", secret: true);
var signingSecret = builder.AddParameter("signingsecret", () => builder.Configuration["Parameters:signingsecret"] ?? LocalKeys.SigningSecret, secret: true);
var internalKey = builder.AddParameter("internalkey", LocalKeys.NewKey(), secret: true);

var dynamoDb = builder.AddDynamoDbEmulator("dynamodb", tools, data);
var sqs = builder.AddSqsEmulator("sqs", tools, data);

var provision = builder.AddLocalProject<Projects.Provision>("provision")
    .WithDynamoDb(dynamoDb)
    .WithSqs(sqs)
    .WaitFor(dynamoDb)
    .WaitFor(sqs)
    .WithHiddenOnCompletion();

var receiver = builder.AddLocalProject<Projects.Receiver>("receiver")
    .WithHttpEndpoint(port: builder.Port("Receiver"))
    .WithEnvironment("Signing__Secrets__0", signingSecret)
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "What it received");

var status = builder.AddLocalProject<Projects.StatusService>("status")
    .WithHttpEndpoint(port: builder.Port("Status"))
    .WithHttpEndpoint(port: builder.Port("StatusInternal"), name: "internal", env: "InternalApi__Port")
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Status API")
    .WithDynamoDb(dynamoDb)
    .WithApiKey(0, "local", "operator", apiKey)
    .WithApiKey(1, "waybill", "internal", internalKey)
    .WithEnvironment("Page__TraceUrl", builder.TraceUrl())
    .WaitForCompletion(provision);

var intake = builder.AddLocalProject<Projects.IntakeService>("intake")
    .WithHttpEndpoint(port: builder.Port("Intake"))
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Intake API")
    .WithSqs(sqs)
    .WithStatusService(status, internalKey)
    .WithEnvironment("StatusService__PublicUrl", status.GetEndpoint("http"))
    .WithApiKey(0, "local", "operator", apiKey)
    .WaitFor(status);

var worker = builder.AddLocalProject<Projects.DeliveryWorker>("worker")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithSqs(sqs)
    .WithStatusService(status, internalKey)
    .WithEnvironment("Signing__Owners__local__Secrets__0", signingSecret)
    // Receivers of this machine are special addresses: closed unless opened here.
    .WithEnvironment("Egress__AllowedCidrs__0", "127.0.0.0/8")
    .WithEnvironment("Egress__AllowedCidrs__1", "::1/128")
    .WaitFor(status);

intake.WithSendCommand(receiver, apiKey);
intake.WithRedeliverCommand(apiKey);
builder.AddStartupReport(new ReportedResources(intake, status, receiver, worker, apiKey), data);

builder.Build().Run();
return Environment.ExitCode;
