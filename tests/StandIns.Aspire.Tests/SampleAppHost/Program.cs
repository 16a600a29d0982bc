using Microsoft.Extensions.Configuration;
using SampleLibrary;

var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, EnableResourceLogging = true });

var region = builder.AddParameter("region");
var secret = builder.AddParameter("secret", "s3cr3t", secret: true);

var store = builder.AddProject<Projects.SampleService>(ResourceNames.Store)
    .WithHttpHealthCheck("/health")
    .WithEnvironment("DELAY_MS", "300");

var setup = builder.AddProject<Projects.SampleService>(ResourceNames.Setup, options => options.ExcludeLaunchProfile = true)
    .WithEnvironment("EXIT_CODE", builder.Configuration["SetupExitCode"] ?? "0")
    .WaitFor(store);

var api = builder.AddProject<Projects.SampleService>(ResourceNames.Api, options => options.ExcludeLaunchProfile = true)
    .WithHttpEndpoint(port: builder.Configuration.GetValue<int?>("ApiPort"))
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Sample API")
    .WithReference(store)
    .WithEnvironment("REGION", region)
    .WithEnvironment("SECRET", $"<{secret}>")
    .WithArgs("--first", "1")
    .WaitForCompletion(setup);

builder.AddExecutable(ResourceNames.Front, "node", ".", "front.mjs")
    .WithHttpEndpoint(env: "PORT")
    .WithHttpHealthCheck("/health")
    .WithReference(api.GetEndpoint("http"))
    .WithEnvironment("API_PORT", api.GetEndpoint("http").Property(EndpointProperty.Port))
    .WithParentRelationship(api)
    .WithOtlpExporter()
    .WaitFor(api);

builder.Build().Run();
