using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Waybill.Hosting.Aspire;

/// <summary>The services as programs, built from a clone, and its emulators. Needs the .NET SDK and Node, and no containers.</summary>
internal sealed class CloneSource : IWaybillSource<ExecutableResource>
{
    private const string Http = "http";
    private const string Health = "/health";
    private const string Configuration = "Release";

    /// <summary>What is built: services and emulators, and nothing else of the clone.</summary>
    private const string Projects = "local/Waybill.slnf";

    private static readonly Dictionary<string, string> Folders = new()
    {
        [WaybillServiceNames.Status] = "src/StatusService",
        [WaybillServiceNames.Intake] = "src/IntakeService",
        [WaybillServiceNames.Worker] = "src/DeliveryWorker",
    };

    private readonly IDistributedApplicationBuilder _builder;
    private readonly IResourceBuilder<WaybillResource> _waybill;
    private readonly string _clone;
    private readonly string _artifacts;
    private readonly IResourceBuilder<ExecutableResource> _build;
    private readonly IResourceBuilder<ExecutableResource> _emulators;

    /// <exception cref="DistributedApplicationException">The folder is no clone of Waybill.</exception>
    public CloneSource(IResourceBuilder<WaybillResource> waybill, string clone, string? dataFolder)
    {
        _builder = waybill.ApplicationBuilder;
        _waybill = waybill;
        _clone = Path.GetFullPath(clone, _builder.AppHostDirectory);

        if (!File.Exists(Path.Combine(_clone, Projects)))
        {
            throw new DistributedApplicationException($"{_clone} is no clone of Waybill: it has no {Projects}. Give AddWaybill its folder, absolute or from {_builder.AppHostDirectory}.");
        }

        // Beside what else is built for the AppHost: the clone itself stays as it is, and may be another AppHost's, too.
        _artifacts = Path.Combine(_builder.AppHostDirectory, "obj", waybill.Resource.Name);

        _build = _builder.AddExecutable($"{waybill.Resource.Name}-build", "dotnet", _clone, "build", Projects, "-c", Configuration, "--artifacts-path", _artifacts, "-v", "minimal", "-nologo", "-tl:off")
            .WithIconName("Wrench")
            .WithParentRelationship(waybill);

        _emulators = Program("aws", "local/Emulators", "Emulators")
            .WithIconName("Database")
            .WithEnvironment("WAYBILL_LOCAL", Path.Combine(_clone, "local"))
            .WithHttpEndpoint(name: "dynamodb", env: "Emulators__DynamoDbPort", isProxied: false)
            .WithHttpEndpoint(name: "sqs", env: "Emulators__SqsPort", isProxied: false)
            .WithUrls(context => context.Urls.ForEach(url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly));

        if (dataFolder is not null)
        {
            _emulators.WithEnvironment("Emulators__DataFolder", Path.GetFullPath(dataFolder, _builder.AppHostDirectory));
        }
    }

    public EndpointReference DynamoDb => _emulators.GetEndpoint("dynamodb");

    public EndpointReference Sqs => _emulators.GetEndpoint("sqs");

    public IResourceBuilder<ExecutableResource> Add(string service) =>
        Program(service, Folders[service], Path.GetFileName(Folders[service])).WaitFor(_emulators).WithOtlpExporter();

    public EndpointReference AddInternalApi(IResourceBuilder<ExecutableResource> status) =>
        status.WithHttpEndpoint(name: "internal", env: "InternalApi__Port", isProxied: false)
            .WithEnvironment("InternalApi__Host", "127.0.0.1")
            .WithUrlForEndpoint("internal", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .GetEndpoint("internal");

    private IResourceBuilder<ExecutableResource> Program(string name, string folder, string assembly)
    {
        var program = _builder.AddExecutable($"{_waybill.Resource.Name}-{name}", "dotnet", Path.Combine(_clone, folder), "exec", Path.Combine(_artifacts, "bin", assembly, Configuration.ToLowerInvariant(), $"{assembly}.dll"))
            .WithHttpEndpoint(isProxied: false)
            .WithHttpHealthCheck(Health)
            .WithParentRelationship(_waybill)
            .WaitForCompletion(_build);

        var port = program.GetEndpoint(Http).Property(EndpointProperty.TargetPort);
        return program.WithEnvironment("ASPNETCORE_URLS", ReferenceExpression.Create($"http://127.0.0.1:{port}"));
    }
}
