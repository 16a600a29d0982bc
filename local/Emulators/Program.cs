using Waybill.LocalAws;

// DynamoDB and SQS with the table and the queues in them, for somebody else's AppHost: on the ports in Emulators:DynamoDbPort and
// Emulators:SqsPort, with their data in the folder Emulators:DataFolder, or in memory. Answers GET /health with 200 once all of it is there, and ends with whoever started it.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);

var options = new LocalBackendsOptions
{
    DynamoDbPort = builder.Configuration.GetValue<int?>("Emulators:DynamoDbPort"),
    SqsPort = builder.Configuration.GetValue<int?>("Emulators:SqsPort"),
    DataFolder = builder.Configuration["Emulators:DataFolder"],
    Log = Console.WriteLine,
};

try
{
    await using var backends = await LocalBackends.StartAsync(options);
    await new Provisioner(backends.DynamoDbClient, backends.SqsClient).ProvisionAsync();

    await using var app = builder.Build();
    app.MapGet("/health", () => Results.Ok());
    await app.StartAsync();
    Console.WriteLine($"DynamoDB listens on {backends.DynamoDb.Endpoint}, SQS on {backends.Sqs.Endpoint}");
    await app.WaitForShutdownAsync();
    return 0;
}
catch (LocalToolsException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
