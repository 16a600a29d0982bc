using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Waybill.Hosting.Aspire;

namespace Aspire.Hosting;

/// <summary>Adds Waybill to an AppHost, and its settings to what sends through it.</summary>
public static class WaybillBuilderExtensions
{
    private const string Http = "http";
    private const int BytesOfSecret = 32;

    /// <summary>What the settings of <c>Waybill.Client</c> are called, from the section that it reads.</summary>
    private const string Section = "Waybill";

    /// <summary>This package's.</summary>
    internal static string Version { get; } = typeof(WaybillBuilderExtensions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>
    /// Adds Waybill: status service, intake and worker, on emulators of DynamoDB and SQS. Keys and secrets are parameters of the AppHost, made at each start where its configuration has none:
    /// <c>Parameters:NAME-apikey</c> and <c>NAME-signing</c> for clients and receivers, <c>NAME-internal</c> and <c>NAME-sealing</c> for the services among themselves.
    /// </summary>
    /// <param name="builder">The AppHost's.</param>
    /// <param name="name">As the dashboard calls it; the services' names begin with it.</param>
    /// <param name="configure">Where Waybill comes from; container images in the engine's own store unless given.</param>
    /// <exception cref="DistributedApplicationException">The folder of the clone is none of Waybill's.</exception>
    public static IResourceBuilder<WaybillResource> AddWaybill(this IDistributedApplicationBuilder builder, [ResourceName] string name, Action<WaybillHostingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var options = new WaybillHostingOptions();
        configure?.Invoke(options);
        var clone = builder.Configuration["Waybill:Clone"] ?? options.Clone;

        var waybill = builder.AddResource(new WaybillResource(name))
            .WithIconName("VehicleTruckProfile")
            .ExcludeFromManifest()
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "Waybill",
                State = KnownResourceStates.Waiting,
                Properties = ImmutableArray<ResourcePropertySnapshot>.Empty,
            });

        if (clone is null)
        {
            Compose(waybill, new ImageSource(waybill, options), options);
        }
        else
        {
            Compose(waybill, new CloneSource(waybill, clone, options.DataFolder), options);
        }

        return waybill;
    }

    /// <summary>
    /// Gives a program the settings that <c>AddWaybillClient()</c> of the package Waybill.Client reads: the addresses and the API key, in the section <c>Waybill</c>. With <c>WaitFor(waybill)</c> it starts
    /// once Waybill is healthy.
    /// </summary>
    /// <param name="builder">What sends through Waybill.</param>
    /// <param name="waybill">Added by <see cref="AddWaybill"/>.</param>
    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, IResourceBuilder<WaybillResource> waybill)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(waybill);

        return builder
            .WithReferenceRelationship(waybill.Resource)
            .WithEnvironment($"{Section}__IntakeUrl", waybill.Resource.Intake)
            .WithEnvironment($"{Section}__StatusUrl", waybill.Resource.Status)
            .WithEnvironment(context => context.EnvironmentVariables[$"{Section}__ApiKey"] = waybill.Resource.ApiKey);
    }

    private static void Compose<T>(IResourceBuilder<WaybillResource> waybill, IWaybillSource<T> source, WaybillHostingOptions options)
        where T : class, IResourceWithEnvironment, IResourceWithEndpoints, IResourceWithWaitSupport
    {
        var apiKey = Secret(waybill, "apikey", "The API key of clients and of the operator page.", Key);
        var signing = Secret(waybill, "signing", "What deliveries to URLs are signed with, and their receivers check: whsec_ and base 64.", () => $"whsec_{Random()}");
        var sealing = Secret(waybill, "sealing", "What secrets of endpoints are sealed with in the table: the base 64 of 32 bytes. Keep it where the data is kept.", Random);
        var internalKey = Secret(waybill, "internal", "What the services show to the status service's internal API.", Key);

        var status = source.Add(WaybillServiceNames.Status);
        var internalApi = source.AddInternalApi(status);
        var publicStatus = status.GetEndpoint(Http);

        status.WithIconName("ClipboardTaskListLtr")
            .WithEmulatedAws(source.DynamoDb, sqs: null)
            .WithApiKey(0, "local", "operator", apiKey)
            .WithApiKey(1, "waybill", "internal", internalKey)
            .WithSealing(sealing)
            .WithAllowedNetworks(options.AllowedCidrs)
            .WithEnvironment("StatusService__PublicUrl", publicStatus)
            .WithUrlForEndpoint(Http, url => url.DisplayText = "Operator page");

        var intake = source.Add(WaybillServiceNames.Intake).WithIconName("ArrowImport")
            .WithEmulatedAws(dynamoDb: null, source.Sqs)
            .WithApiKey(0, "local", "operator", apiKey)
            .WithStatusService(internalApi, internalKey)
            .WithAllowedNetworks(options.AllowedCidrs)
            .WithEnvironment("StatusService__PublicUrl", publicStatus)
            .WithUrlForEndpoint(Http, _ => new ResourceUrlAnnotation { Url = "/openapi/v1.json", DisplayText = "OpenAPI" })
            .WaitFor(status);

        var worker = source.Add(WaybillServiceNames.Worker).WithIconName("Send")
            .WithEmulatedAws(dynamoDb: null, source.Sqs)
            .WithStatusService(internalApi, internalKey)
            .WithSealing(sealing)
            .WithAllowedNetworks(options.AllowedCidrs)
            .WithEnvironment("Signing__Owners__local__Secrets__0", signing)
            .WithUrlForEndpoint(Http, url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .WaitFor(status);

        (waybill.Resource.Intake, waybill.Resource.Status) = (intake.GetEndpoint(Http), publicStatus);
        (waybill.Resource.ApiKey, waybill.Resource.SigningSecret) = (apiKey.Resource, signing.Resource);
        RunsWhenHealthy(waybill, [status.Resource.Name, intake.Resource.Name, worker.Resource.Name]);
    }

    private static void RunsWhenHealthy(IResourceBuilder<WaybillResource> waybill, string[] services) =>
        waybill.OnInitializeResource(async (resource, initialize, cancellationToken) =>
        {
            foreach (var service in services)
            {
                await initialize.Notifications.WaitForResourceHealthyAsync(service, cancellationToken);
            }

            await initialize.Notifications.PublishUpdateAsync(resource, seen => seen with { State = KnownResourceStates.Running, StartTimeStamp = DateTime.UtcNow });
        });

    private static IResourceBuilder<ParameterResource> Secret(IResourceBuilder<WaybillResource> waybill, string name, string description, Func<string> make)
    {
        var configuration = waybill.ApplicationBuilder.Configuration;
        var full = $"{waybill.Resource.Name}-{name}";
        var made = new Lazy<string>(make);

        return waybill.ApplicationBuilder.AddParameter(full, () => configuration[$"Parameters:{full}"] ?? made.Value, secret: true)
            .WithDescription(description)
            .WithParentRelationship(waybill);
    }

    private static string Key() => RandomNumberGenerator.GetHexString(BytesOfSecret, lowercase: true);

    private static string Random() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(BytesOfSecret));
}
