using System.Globalization;
using System.Runtime.CompilerServices;
using Waybill.Client.Calls;
using Waybill.Notifications.Endpoints;

namespace Waybill.Client;

/// <summary>
/// Tenants and their endpoints. <c>owner</c> is for operators: whose tenant; others name none, as they have their own only.
/// A version that is not there any more is answered with a problem, <c>version-conflict</c>; without one the last change wins.
/// </summary>
public sealed partial class WaybillClient
{
    private const string Tenants = "v1/tenants";

    /// <summary>Tenants that have or had endpoints, by name, each page read when it is needed.</summary>
    public async IAsyncEnumerable<string> ListTenantsAsync(string? owner = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? after = null;

        do
        {
            var page = await _status.SendAsync(ApiCall.Get(Tenants + Query(("owner", owner), ("after", after))), Json.TenantList, Repetition(), cancellationToken);

            foreach (var tenant in page.Items)
            {
                yield return tenant;
            }

            after = page.Next;
        }
        while (after is not null);
    }

    /// <param name="idempotencyKey">Visible ASCII, 1–255 characters. Of yours it makes it safe to send the same again later, from another process too; unless given, one is made for this call.</param>
    /// <returns>With its secret, which no later answer but that of <see cref="GetSecretAsync"/> has.</returns>
    public Task<EndpointView> CreateEndpointAsync(
        string tenant,
        EndpointDraft draft,
        string? idempotencyKey = null,
        string? owner = null,
        CancellationToken cancellationToken = default) =>
        _intake.SendAsync(
            ApiCall.Post(EndpointsOf(tenant) + Query(("owner", owner)), draft, Json.EndpointDraft) with { IdempotencyKey = idempotencyKey ?? NewKey() },
            Json.EndpointView,
            Repetition(),
            cancellationToken);

    /// <summary>Strongly consistent.</summary>
    /// <returns>All of the tenant's, the oldest first.</returns>
    public async Task<IReadOnlyList<EndpointView>> ListEndpointsAsync(string tenant, string? owner = null, CancellationToken cancellationToken = default)
    {
        var answer = await _status.SendAsync(ApiCall.Get(EndpointsOf(tenant) + Query(("owner", owner))), Json.EndpointList, Repetition(), cancellationToken);
        return answer.Items;
    }

    /// <summary>Of all tenants, by an index, which may lag for a moment.</summary>
    /// <param name="owner">Whose; null for one's own, and to an operator for those of all.</param>
    /// <param name="limit">1–200; 50 unless given.</param>
    public Task<UnwellEndpoints> ListUnwellEndpointsAsync(string? owner = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _status.SendAsync(
            ApiCall.Get("v1/endpoints/unwell" + Query(("owner", owner), ("limit", limit?.ToString(CultureInfo.InvariantCulture)))),
            Json.UnwellEndpoints,
            Repetition(),
            cancellationToken);

    /// <summary>Strongly consistent.</summary>
    public Task<EndpointDetails> GetEndpointAsync(string tenant, string id, string? owner = null, CancellationToken cancellationToken = default) =>
        _status.SendAsync(ApiCall.Get(Endpoint(tenant, id, owner)), Json.EndpointDetails, Repetition(), cancellationToken);

    /// <param name="patch">At least one field.</param>
    /// <param name="ifVersion">The version that was read.</param>
    /// <returns>As it is then.</returns>
    /// <exception cref="ArgumentException">The patch gives a field a value and resets it.</exception>
    public Task<EndpointView> ChangeEndpointAsync(
        string tenant,
        string id,
        EndpointPatch patch,
        int? ifVersion = null,
        string? owner = null,
        CancellationToken cancellationToken = default) =>
        _intake.SendAsync(
            ApiCall.Patch(Endpoint(tenant, id, owner), patch.ToJson(), Json.JsonObject) with { IfVersion = ifVersion },
            Json.EndpointView,
            Repetition(),
            cancellationToken);

    /// <summary>What is open for it ends FAILED, with the code endpoint_deleted.</summary>
    /// <param name="ifVersion">The version that was read.</param>
    public Task DeleteEndpointAsync(string tenant, string id, int? ifVersion = null, string? owner = null, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(ApiCall.Delete(Endpoint(tenant, id, owner)) with { IfVersion = ifVersion }, Repetition(), cancellationToken);

    /// <summary>What comes for it is held until then: nothing is dropped, and no attempt is used up. One that is paused is paused until the new time.</summary>
    /// <param name="until">In the future, at most 30 days ahead.</param>
    /// <param name="ifVersion">The version that was read.</param>
    /// <returns>As it is then. One that is disabled is answered with a problem, <c>conflict</c>.</returns>
    public Task<EndpointView> PauseEndpointAsync(
        string tenant,
        string id,
        DateTimeOffset until,
        int? ifVersion = null,
        string? owner = null,
        CancellationToken cancellationToken = default) =>
        _intake.SendAsync(
            ApiCall.Post(Endpoint(tenant, id, owner, "/pause"), new PauseEndpoint(until), Json.PauseEndpoint) with { IfVersion = ifVersion },
            Json.EndpointView,
            Repetition(),
            cancellationToken);

    /// <summary>What was held is made due, at a pace.</summary>
    /// <param name="ifVersion">The version that was read.</param>
    /// <returns>As it is then. One that is not paused is answered with a problem, <c>conflict</c>.</returns>
    public Task<EndpointView> ResumeEndpointAsync(string tenant, string id, int? ifVersion = null, string? owner = null, CancellationToken cancellationToken = default) =>
        ChangeStateAsync(tenant, id, "/resume", ifVersion, owner, cancellationToken);

    /// <summary>What comes for it is on record as FAILED, with the category ENDPOINT_DISABLED, and nothing is sent.</summary>
    /// <param name="ifVersion">The version that was read.</param>
    /// <returns>As it is then.</returns>
    public Task<EndpointView> DisableEndpointAsync(string tenant, string id, int? ifVersion = null, string? owner = null, CancellationToken cancellationToken = default) =>
        ChangeStateAsync(tenant, id, "/disable", ifVersion, owner, cancellationToken);

    /// <summary>Whatever it is disabled for. What failed meanwhile is delivered when it is asked for again.</summary>
    /// <param name="ifVersion">The version that was read.</param>
    /// <returns>As it is then. One that is not disabled is answered with a problem, <c>conflict</c>.</returns>
    public Task<EndpointView> EnableEndpointAsync(string tenant, string id, int? ifVersion = null, string? owner = null, CancellationToken cancellationToken = default) =>
        ChangeStateAsync(tenant, id, "/enable", ifVersion, owner, cancellationToken);

    private Task<EndpointView> ChangeStateAsync(
        string tenant,
        string id,
        string action,
        int? ifVersion,
        string? owner,
        CancellationToken cancellationToken,
        [CallerMemberName] string operation = "") =>
        _intake.SendAsync(ApiCall.Post(Endpoint(tenant, id, owner, action)) with { IfVersion = ifVersion }, Json.EndpointView, Repetition(operation), cancellationToken);

    /// <summary>What receivers verify signatures with. That it was asked for is on record.</summary>
    /// <returns><c>whsec_</c> and Base64.</returns>
    public async Task<string> GetSecretAsync(string tenant, string id, string? owner = null, CancellationToken cancellationToken = default)
    {
        var answer = await _status.SendAsync(ApiCall.Get(Endpoint(tenant, id, owner, "/secret")), Json.EndpointSecret, Repetition(), cancellationToken);
        return answer.Secret;
    }

    /// <param name="keepOldUntil">Until then deliveries are signed with the old secret, too; at most 30 days ahead. Null: it is not valid any more.</param>
    /// <param name="ifVersion">The version that was read.</param>
    /// <returns>With its new secret.</returns>
    public Task<EndpointView> RotateSecretAsync(
        string tenant,
        string id,
        DateTimeOffset? keepOldUntil = null,
        int? ifVersion = null,
        string? owner = null,
        CancellationToken cancellationToken = default) =>
        _intake.SendAsync(
            ApiCall.Post(Endpoint(tenant, id, owner, "/secret/rotate"), new RotateSecret(keepOldUntil), Json.RotateSecret) with { IfVersion = ifVersion },
            Json.EndpointView,
            Repetition(),
            cancellationToken);

    /// <summary>Posts an event to this endpoint alone, whatever types it takes.</summary>
    /// <param name="type">Of the event; waybill.test unless given.</param>
    public Task<PublishedEvent> TestEndpointAsync(string tenant, string id, string? type = null, string? owner = null, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(
            type is null
                ? ApiCall.Post(Endpoint(tenant, id, owner, "/test"))
                : ApiCall.Post(Endpoint(tenant, id, owner, "/test"), new TestEvent(type), Json.TestEvent),
            Json.PublishedEvent,
            Repetition(),
            cancellationToken);

    private static string EndpointsOf(string tenant) => $"{Tenants}/{Uri.EscapeDataString(tenant)}/endpoints";

    private static string Endpoint(string tenant, string id, string? owner, string action = "") =>
        $"{EndpointsOf(tenant)}/{Uri.EscapeDataString(id)}{action}{Query(("owner", owner))}";

    private static string Query(params IEnumerable<(string Name, string? Value)> parameters) => QueryText.Of(parameters) is { Length: > 0 } text ? $"?{text}" : "";
}
