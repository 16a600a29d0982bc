using Waybill.Bench.Measuring;
using Waybill.Bench.Storing;
using Waybill.Bench.Systems;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Events;
using Waybill.TestSupport;

namespace Waybill.Bench.Asking;

/// <summary>What it costs to find whom an event is for, among so many endpoints: it is of a type that none of its tenant's takes, so nothing else is read.</summary>
internal static class MatchingRun
{
    private const string Owner = "alice";

    /// <summary>The least of them counts, as the status service does other things besides at times.</summary>
    private const int Times = 5;

    /// <param name="tenants">With ten endpoints each.</param>
    public static async Task<MatchingFigures> RunAsync(int tenants, CancellationToken cancellationToken)
    {
        await using var backends = await Backends.StartAsync(new BackendChoice(IsLight: true), cancellationToken);
        var set = new EndpointSet(Owner, tenants);
        await set.StoreAsync(backends.DynamoDb);

        await using var status = await StatusUnderTest.StartAsync(backends.Environment.Concat(TestKeys.Configuration));
        var client = StatusServiceHost.CreateClient(status.InternalUrl);
        var uses = new List<AwsUse>();

        for (var times = 0; times < Times; times++)
        {
            var then = new Totals(await status.Service.ReadTotalsAsync(cancellationToken));
            var outcome = await client.AcceptAsync(NewEvent(set.Tenant), cancellationToken);
            var now = new Totals(await status.Service.ReadTotalsAsync(cancellationToken));

            if (outcome is not { Applied: true, Answer.Notifications.Count: 0 })
            {
                throw new InvalidOperationException("An event that no endpoint takes was not accepted, or went to some.");
            }

            uses.Add(AwsUse.Of([now.Since(then)], notifications: 1));
        }

        return new MatchingFigures(set.Count, uses.Min(use => use.ReadUnits), uses.Min(use => use.WriteUnits));
    }

    private static AcceptEventRequest NewEvent(string tenant) => new()
    {
        Id = EventIds.New(DateTimeOffset.UtcNow),
        Owner = Owner,
        Tenant = tenant,
        Type = "user.created",
        ContentType = "application/json",
        Body = "{}"u8.ToArray(),
        Fingerprint = Convert.ToBase64String(new byte[32]),
    };
}

/// <param name="Stored">Endpoints, ten of them the tenant's.</param>
/// <param name="ReadUnits">Of one event that none of the ten takes.</param>
internal sealed record MatchingFigures(int Stored, double ReadUnits, double WriteUnits)
{
    public override string ToString() => FormattableString.Invariant(
        $"  an event that none of a tenant's ten endpoints takes, {Stored,7:N0} stored   {ReadUnits,4:0.0} read and {WriteUnits,4:0.0} write units");
}
