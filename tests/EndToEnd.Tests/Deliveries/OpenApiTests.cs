using System.Net.Http.Json;
using System.Text.Json;
using Waybill.EndToEnd.Tests.Application;

namespace Waybill.EndToEnd.Tests.Deliveries;

/// <summary>Each public service describes itself, and says nothing of the internal API.</summary>
[Collection(WaybillCollection.Name)]
public sealed class OpenApiTests(WaybillFixture fixture)
{
    [Fact]
    public async Task Intake_describes_submission() =>
        Assert.Contains("post", (await PathsAsync(fixture.IntakeUrl)).At("/v1/notifications").Members());

    [Fact]
    public async Task Status_describes_the_query_and_nothing_internal()
    {
        var paths = await PathsAsync(fixture.StatusUrl);

        Assert.Contains("get", paths.At("/v1/notifications/{id}").Members());
        Assert.DoesNotContain(paths.Members(), path => path.StartsWith("/internal", StringComparison.Ordinal));
    }

    private static async Task<JsonElement> PathsAsync(Uri service)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = service };
        var document = await http.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        Assert.StartsWith("3.", document.Text("openapi"), StringComparison.Ordinal);
        return document.At("paths");
    }
}
