using Waybill.Client;

namespace Waybill.AppHost.Local;

/// <summary>The resources that make up a running Waybill, and the typed client that asks them as any other program would.</summary>
internal sealed record WaybillResources(
    IResourceBuilder<ProjectResource> Intake,
    IResourceBuilder<ProjectResource> Status,
    IResourceBuilder<ProjectResource> Worker,
    IResourceBuilder<ProjectResource> Receiver,
    IResourceBuilder<ParameterResource> ApiKey)
{
    /// <summary>
    /// No proxy for this machine, and no trace of the AppHost's own to be part of: nobody records that one, so nothing of what it asks for
    /// would be recorded either.
    /// </summary>
    public static HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null });

    public IEnumerable<IResourceBuilder<ProjectResource>> All => [Receiver, Status, Intake, Worker];

    public string ReceiverUrl => Url(Receiver);

    public static string Url(IResourceBuilder<ProjectResource> resource) => resource.GetEndpoint("http").Url;

    public async Task<string> ApiKeyAsync(CancellationToken cancellationToken) => await ApiKey.Resource.GetValueAsync(cancellationToken) ?? "";

    public async Task<WaybillClient> ClientAsync(CancellationToken cancellationToken) => new(
        Http,
        new WaybillClientOptions
        {
            IntakeUrl = new Uri(Url(Intake)),
            StatusUrl = new Uri(Url(Status)),
            ApiKey = await ApiKeyAsync(cancellationToken),

            // Of a machine that is busy starting everything: only the total wait ends it.
            MaxAttempts = 100,
        });
}
