using Waybill.AppHost.Local;
using Waybill.Hosting.Aspire;
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
builder.SetUpAspire(data);

var apiKey = builder.AddParameter("apikey", () => builder.Configuration["Parameters:apikey"] ?? "waybill-local-key", secret: true)
    .WithDescription("The API key of clients and of the operator page. Set it with `Parameters__apikey`.", enableMarkdown: true);
var signingSecret = builder.AddParameter("signingsecret", () => builder.Configuration["Parameters:signingsecret"] ?? LocalKeys.SigningSecret, secret: true)
    .WithDescription("What deliveries are signed with and the receivers check. Set it with `Parameters__signingsecret`: `whsec_` and base 64.", enableMarkdown: true);
var sealingKey = builder.AddParameter("sealingkey", () => builder.Configuration["Parameters:sealingkey"] ?? LocalKeys.SealingKey, secret: true)
    .WithDescription("What secrets of endpoints are sealed with in the table. Set it with `Parameters__sealingkey`: the base 64 of 32 bytes.", enableMarkdown: true);
var internalKey = builder.AddParameter("internalkey", LocalKeys.NewKey(), secret: true)
    .WithDescription("What the services show to StatusService's internal API. New at each start.");

// Receivers of this machine are special addresses: closed unless opened here.
string[] thisMachine = ["127.0.0.0/8", "::1/128"];

var aws = builder.AddGroup("aws", "Cloud");
var dynamoDb = builder.AddDynamoDbEmulator("dynamodb", tools, data).WithIconName("Database").WithParentRelationship(aws);
var sqs = builder.AddSqsEmulator("sqs", tools, data).WithIconName("TrayItemAdd").WithParentRelationship(aws);

var provision = builder.AddLocalProject<Projects.Provision>("provision")
    .WithIconName("TableAdd")
    .WithParentRelationship(aws)
    .WithDynamoDb(dynamoDb)
    .WithSqs(sqs)
    .WaitFor(dynamoDb)
    .WaitFor(sqs)
    .WithHiddenOnCompletion();

var receivers = builder.AddGroup("receivers", "MailInboxAll");
var receiver = builder.AddLocalProject<Projects.Receiver>("receiver")
    .WithIconName("MailInbox")
    .WithParentRelationship(receivers)
    .WithHttpEndpoint(port: builder.Port("Receiver"))
    .WithEnvironment("Signing__Secrets__0", signingSecret)
    .WithPromptHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "What it received");

builder.AddOwnReceiver("own-receiver", tools, signingSecret).WithIconName("Code").WithParentRelationship(receivers);

var waybill = builder.AddGroup("waybill", "VehicleTruckProfile");
var status = builder.AddLocalProject<Projects.StatusService>("status")
    .WithIconName("ClipboardTaskListLtr")
    .WithParentRelationship(waybill)
    .WithHttpEndpoint(port: builder.Port("Status"))
    .WithHttpEndpoint(port: builder.Port("StatusInternal"), name: "internal", env: "InternalApi__Port")
    .WithPromptHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Operator page")
    .WithOpenApiLink()
    .WithAddressInDetails("internal")
    .WithDynamoDb(dynamoDb)
    .WithApiKey(0, "local", "operator", apiKey)
    .WithApiKey(1, "waybill", "internal", internalKey)
    .WithSealing(sealingKey)
    .WithAllowedNetworks(thisMachine)
    .WithEnvironment("Page__TraceUrl", builder.TraceUrl())
    // So that what takes days elsewhere can be watched: an endpoint that fails for a minute is disabled, and probed every five.
    .WithEnvironment("Endpoints__DisableAfterSeconds", builder.Configuration["Endpoints:DisableAfterSeconds"] ?? "60")
    .WithEnvironment("Endpoints__ProbeSeconds", builder.Configuration["Endpoints:ProbeSeconds"] ?? "300")
    .WaitForCompletion(provision);

status.WithEnvironment("StatusService__PublicUrl", status.GetEndpoint("http"));

var intake = builder.AddLocalProject<Projects.IntakeService>("intake")
    .WithIconName("ArrowImport")
    .WithParentRelationship(waybill)
    .WithHttpEndpoint(port: builder.Port("Intake"))
    .WithPromptHealthCheck("/health")
    .WithOpenApiLink()
    .WithAddressInDetails("http")
    .WithSqs(sqs)
    .WithStatusService(status.GetEndpoint("internal"), internalKey)
    .WithEnvironment("StatusService__PublicUrl", status.GetEndpoint("http"))
    .WithAllowedNetworks(thisMachine)
    .WithApiKey(0, "local", "operator", apiKey)
    .WaitFor(status);

var worker = builder.AddLocalProject<Projects.DeliveryWorker>("worker")
    .WithIconName("Send")
    .WithParentRelationship(waybill)
    .WithHttpEndpoint()
    .WithPromptHealthCheck("/health")
    .WithAddressInDetails("http")
    .WithSqs(sqs)
    .WithStatusService(status.GetEndpoint("internal"), internalKey)
    .WithEnvironment("Signing__Owners__local__Secrets__0", signingSecret)
    .WithSealing(sealingKey)
    .WithAllowedNetworks(thisMachine)
    .WaitFor(status);

var running = new WaybillResources(intake, status, worker, receiver, apiKey);
running.AddCommands();
builder.AddStartupReport(running, data);

builder.Build().Run();
return Environment.ExitCode;
