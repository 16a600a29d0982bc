using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Waybill.Hosting.Aspire;

/// <summary>The services as containers, with DynamoDB and SQS in another one.</summary>
internal sealed class ImageSource : IWaybillSource<ContainerResource>
{
    private const string Http = "http";
    private const int Port = 8080;
    private const int InternalPort = 8081;

    /// <summary>The last line of releases that runs without an account.</summary>
    private const string Emulator = "localstack/localstack";
    private const string EmulatorTag = "4.9";
    private const int EmulatorPort = 4566;

    private readonly IResourceBuilder<WaybillResource> _waybill;
    private readonly WaybillHostingOptions _options;
    private readonly IResourceBuilder<ContainerResource> _emulator;
    private readonly IResourceBuilder<ContainerResource> _provision;

    public ImageSource(IResourceBuilder<WaybillResource> waybill, WaybillHostingOptions options)
    {
        _waybill = waybill;
        _options = options;

        _emulator = waybill.ApplicationBuilder.AddContainer($"{waybill.Resource.Name}-aws", Emulator, EmulatorTag)
            .WithIconName("Database")
            .WithHttpEndpoint(targetPort: EmulatorPort)
            .WithHttpHealthCheck("/_localstack/health")
            .WithEnvironment("SERVICES", "dynamodb,sqs")
            .WithParentRelationship(waybill);

        _provision = Image("provision")
            .WithIconName("TableAdd")
            .WithEmulatedAws(DynamoDb, Sqs)
            .WaitFor(_emulator);
    }

    public EndpointReference DynamoDb => _emulator.GetEndpoint(Http);

    public EndpointReference Sqs => _emulator.GetEndpoint(Http);

    public IResourceBuilder<ContainerResource> Add(string service) => Image(service)
        .WithHttpEndpoint(targetPort: Port)
        .WithHttpHealthCheck("/health")
        .WithOtlpExporter()
        .WaitForCompletion(_provision);

    public EndpointReference AddInternalApi(IResourceBuilder<ContainerResource> status) =>
        status.WithHttpEndpoint(targetPort: InternalPort, name: "internal")
            .WithEnvironment("InternalApi__Host", "*")
            .WithEnvironment("InternalApi__Port", InternalPort.ToString(CultureInfo.InvariantCulture))
            .WithUrlForEndpoint("internal", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .GetEndpoint("internal");

    private IResourceBuilder<ContainerResource> Image(string name)
    {
        var container = _waybill.ApplicationBuilder.AddContainer($"{_waybill.Resource.Name}-{name}", $"waybill/{name}", _options.Tag ?? WaybillBuilderExtensions.Version)
            .WithParentRelationship(_waybill);

        return _options.Registry is { } registry ? container.WithImageRegistry(registry) : container;
    }
}
