using System.Globalization;
using System.Text;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.StatusService.Store.Items;
using Waybill.TestSupport;

namespace Waybill.Bench.Storing;

/// <summary>Endpoints of an owner's tenants, ten of each, put into the light backend as the status service stores them.</summary>
internal sealed class EndpointSet(string owner, int tenants)
{
    public const int OfEach = 10;

    private static readonly Sealer Sealer = new([TestKeys.Sealing]);

    public int Count => tenants * OfEach;

    /// <summary>One in the middle of all.</summary>
    public string Tenant => Name(tenants / 2);

    public async Task StoreAsync(Uri table)
    {
        await using var loader = new TableLoader(table);
        var now = DateTimeOffset.UtcNow;

        for (var tenant = 0; tenant < tenants; tenant++)
        {
            for (var number = 0; number < OfEach; number++)
            {
                await loader.AddAsync(Endpoint(Name(tenant), number, now));
            }
        }

        await loader.FinishAsync();
    }

    private Item Endpoint(string tenant, int number, DateTimeOffset now)
    {
        var key = new EndpointKey(owner, tenant, EndpointId.New(now));
        var secret = Sealer.Seal(Encoding.ASCII.GetBytes("whsec_" + Convert.ToBase64String(new byte[32])), owner, tenant, key.Id);

        var request = new CreateEndpointRequest
        {
            Key = key,
            Url = string.Create(CultureInfo.InvariantCulture, $"https://{tenant}.example.com/hooks/{number}"),
            Types = ["order.*"],
            Headers = new Dictionary<string, string>(),
            TimeoutSeconds = DeliveryTiming.DefaultTimeoutSeconds,
            Fingerprint = Convert.ToBase64String(new byte[16]),
        };

        return EndpointItem.New(request, new EndpointSecret(secret, now), now);
    }

    private static string Name(int tenant) => string.Create(CultureInfo.InvariantCulture, $"tenant-{tenant:00000}");
}
