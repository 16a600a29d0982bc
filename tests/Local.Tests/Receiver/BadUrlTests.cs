using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Waybill.Local.Tests.Receiver;

public sealed class BadUrlTests(RunningReceiver receiver) : IClassFixture<RunningReceiver>
{
    [Theory]
    [InlineData("/status/199", "code", "from 200 to 599")]
    [InlineData("/status/600", "code", "from 200 to 599")]
    [InlineData("/status/teapot", "code", "but is 'teapot'")]
    [InlineData("/delay/-1", "ms", "from 0 to 600000 (milliseconds)")]
    [InlineData("/delay/600001", "ms", "from 0 to 600000 (milliseconds)")]
    [InlineData("/drip?bytes=0", "bytes", "from 1 to 104857600 (bytes)")]
    [InlineData("/drip?ms=1.5", "ms", "but is '1.5'")]
    [InlineData("/size/104857601", "bytes", "from 0 to 104857600 (bytes)")]
    [InlineData("/size/99999999999999999999", "bytes", "from 0 to 104857600 (bytes)")]
    [InlineData("/retry-after/%C3%BC", "value", "visible ASCII")]
    [InlineData("/fail/1001/then-ok/a", "n", "from 0 to 1000 (failures)")]
    [InlineData("/hook?status=", "status", "from 200 to 599")]
    [InlineData("/hook?delay=soon", "delay", "but is 'soon'")]
    [InlineData("/hook?size=-5", "size", "from 0 to 104857600 (bytes)")]
    [InlineData("/hook?verify=yes", "verify", "from 0 to 1 (1 for yes)")]
    [InlineData("/hook?failTimes=x", "failTimes", "from 0 to 1000 (failures)")]
    [InlineData("/hook?retryAfter=a%0d%0ab", "retryAfter", "visible ASCII")]
    [InlineData("/hook?contentType=%00", "contentType", "visible ASCII")]
    [InlineData("/hook?header=NoColon", "header", "must be a header name")]
    [InlineData("/hook?header=Content-Length:5", "header", "none of Connection, Content-Length")]
    [InlineData("/headers?Transfer-Encoding=chunked", "Transfer-Encoding", "none of Connection, Content-Length")]
    [InlineData("/received?limit=1001", "limit", "from 0 to 1000 (requests)")]
    public async Task A_bad_value_is_refused_with_its_name_and_what_is_allowed(string url, string parameter, string allowed)
    {
        using var response = await receiver.Http.GetAsync(url);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var reason = problem.GetProperty("errors").GetProperty(parameter)[0].GetString();
        Assert.StartsWith(parameter, reason, StringComparison.Ordinal);
        Assert.Contains(allowed, reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_bad_value_is_named_at_once()
    {
        using var response = await receiver.Http.GetAsync("/hook?status=1&delay=-1&size=x");
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        var names = problem.GetProperty("errors").EnumerateObject().Select(error => error.Name);
        Assert.Equal(["delay", "size", "status"], names.Order());
    }

    [Fact]
    public async Task A_bad_value_costs_no_failure()
    {
        using var bad = await receiver.Http.GetAsync("/fail/1/then-ok/costs-none?status=x");
        using var first = await receiver.Http.GetAsync("/fail/1/then-ok/costs-none");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
    }

    [Fact]
    public async Task An_unknown_url_is_404_with_a_hint()
    {
        using var response = await receiver.Http.PostAsync("/nowhere", null);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("open / in a browser", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
    }
}
