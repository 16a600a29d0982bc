using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Hosting;

/// <summary>The sample with an AppHost of its own, from its button to the warehouse, on a Waybill that is built from this clone.</summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class ShopTests
{
    /// <summary>Building Waybill is most of it.</summary>
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task An_order_by_the_button_is_verified_at_the_warehouse()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Shop_AppHost>();
        var database = Path.Combine(Path.GetTempPath(), $"waybill-shop-{Guid.NewGuid():N}.db");
        builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "shop")).WithEnvironment("Shop__Database", database);

        await using var app = await builder.BuildAsync();
        await app.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("shop").WaitAsync(StartDeadline);

        using var shop = app.CreateHttpClient("shop", "http");
        using var warehouse = app.CreateHttpClient("warehouse", "http");
        using var page = await shop.PostAsync(new Uri("/orders", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("<button>Order</button>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var packed = await Eventually.BecomesAsync(() => warehouse.GetStringAsync(new Uri("/", UriKind.Relative)), text => text.StartsWith("1 packed", StringComparison.Ordinal));
        Assert.Matches(@"^1 packed\norder 1, verified, ntf_\w+\n$", packed);
        await Eventually.BecomesAsync(() => shop.GetStringAsync(new Uri("/", UriKind.Relative)), text => text.Contains("<td>SUCCESS</td>", StringComparison.OrdinalIgnoreCase));

        await app.StopAsync();
        File.Delete(database);
    }
}
