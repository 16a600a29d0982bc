using System.Text.Json.Serialization.Metadata;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Json;

namespace Waybill.Notifications.StatusApi.Endpoints;

/// <summary>
/// Asks the status service for changes to endpoints. All methods throw <see cref="StatusUnavailableException"/> when it gives no answer, and
/// <see cref="RecordTroubleException"/> when an endpoint's own item is the trouble.
/// </summary>
public sealed class EndpointClient(HttpClient http)
{
    private static readonly NotificationsJson Json = NotificationsJson.Default;

    private readonly StatusCalls _calls = new(http);

    /// <summary>Read with strong consistency; null when there is none.</summary>
    public async Task<EndpointRecord?> GetAsync(EndpointKey key, CancellationToken cancellationToken) =>
        (await Ask(key.Id, EndpointRoutes.Get, key, Json.EndpointKey, cancellationToken)).Endpoint;

    /// <returns>Not applied: one with its id is there already, or without an endpoint there is no room for one more.</returns>
    public Task<EndpointOutcome> CreateAsync(CreateEndpointRequest request, CancellationToken cancellationToken) =>
        Ask(request.Key.Id, EndpointRoutes.Create, request, Json.CreateEndpointRequest, cancellationToken);

    /// <returns>Not applied: its version is another one.</returns>
    public Task<EndpointOutcome> ChangeAsync(ChangeEndpointRequest request, CancellationToken cancellationToken) =>
        Ask(request.Key.Id, EndpointRoutes.Change, request, Json.ChangeEndpointRequest, cancellationToken);

    /// <returns>Not applied: its version is another one.</returns>
    public Task<EndpointOutcome> RotateSecretAsync(RotateSecretRequest request, CancellationToken cancellationToken) =>
        Ask(request.Key.Id, EndpointRoutes.RotateSecret, request, Json.RotateSecretRequest, cancellationToken);

    /// <returns>Not applied: its version is another one, or it is deleted or disabled.</returns>
    public Task<EndpointOutcome> PauseAsync(EndpointStateRequest request, CancellationToken cancellationToken) => Ask(EndpointRoutes.Pause, request, cancellationToken);

    /// <summary>What was held is made due at a pace.</summary>
    /// <returns>Not applied: its version is another one, or it is not paused.</returns>
    public Task<EndpointOutcome> ResumeAsync(EndpointStateRequest request, CancellationToken cancellationToken) => Ask(EndpointRoutes.Resume, request, cancellationToken);

    /// <returns>Not applied: its version is another one, or it is not disabled.</returns>
    public Task<EndpointOutcome> EnableAsync(EndpointStateRequest request, CancellationToken cancellationToken) => Ask(EndpointRoutes.Enable, request, cancellationToken);

    /// <returns>Not applied: its version is another one.</returns>
    public Task<EndpointOutcome> DisableAsync(EndpointStateRequest request, CancellationToken cancellationToken) => Ask(EndpointRoutes.Disable, request, cancellationToken);

    /// <returns>Not applied: its version is another one.</returns>
    public Task<EndpointOutcome> DeleteAsync(DeleteEndpointRequest request, CancellationToken cancellationToken) =>
        Ask(request.Key.Id, EndpointRoutes.Delete, request, Json.DeleteEndpointRequest, cancellationToken);

    private Task<EndpointOutcome> Ask(string path, EndpointStateRequest request, CancellationToken cancellationToken) =>
        Ask(request.Key.Id, path, request, Json.EndpointStateRequest, cancellationToken);

    private async Task<EndpointOutcome> Ask<T>(string id, string path, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var answer = await _calls.Send(HttpMethod.Post, EndpointRoutes.All + path, StatusCalls.Json(body, type), cancellationToken);

        var (applied, now) = answer.ReadOutcome(Json.EndpointAnswer, id);

        return new EndpointOutcome(applied, now);
    }
}
