using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Waybill.Local.Tests.Receiver;

public sealed class InboxTests : IAsyncLifetime
{
    private readonly RunningReceiver _receiver = new();

    public Task InitializeAsync() => _receiver.InitializeAsync();

    public Task DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task A_request_is_kept_as_it_came()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/hook/orders?status=202&token=a%20b");
        request.Headers.Add("webhook-id", "ntf_1");
        request.Headers.Add("X-Twice", ["one", "two"]);
        request.Content = new StringContent("""{ "greeting": "grüß" }""", Encoding.UTF8, "application/json");
        using var response = await _receiver.Http.SendAsync(request);

        var kept = (await _receiver.ReceivedAsync()).GetProperty("items")[0];

        Assert.Equal("PATCH", kept.GetProperty("method").GetString());
        Assert.Equal("/hook/orders", kept.GetProperty("path").GetString());
        Assert.Equal("?status=202&token=a%20b", kept.GetProperty("query").GetString());
        Assert.Equal("orders", kept.GetProperty("name").GetString());
        Assert.Equal("ntf_1", kept.GetProperty("webhookId").GetString());
        Assert.Equal("one, two", kept.GetProperty("headers").GetProperty("X-Twice").GetString());
        Assert.Equal("""{ "greeting": "grüß" }""", kept.GetProperty("body").GetString());
        Assert.Equal(Encoding.UTF8.GetByteCount("""{ "greeting": "grüß" }"""), kept.GetProperty("bodyLength").GetInt64());
        Assert.False(kept.GetProperty("bodyTruncated").GetBoolean());
        Assert.Equal(202, kept.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_refused_request_is_kept_too()
    {
        using var response = await _receiver.Http.PostAsync("/hook?status=1", null);

        Assert.Equal(400, (await _receiver.ReceivedAsync()).GetProperty("items")[0].GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_body_that_is_not_text_is_kept_as_base64()
    {
        byte[] body = [0, 159, 146, 150];
        using var response = await _receiver.Http.PostAsync("/ok", new ByteArrayContent(body));

        var kept = (await _receiver.ReceivedAsync()).GetProperty("items")[0];

        Assert.Equal(body, kept.GetProperty("bodyBase64").GetBytesFromBase64());
        Assert.False(kept.TryGetProperty("body", out _));
    }

    [Fact]
    public async Task Only_the_first_64_KiB_of_a_body_are_kept_and_no_character_is_cut()
    {
        var body = "x" + string.Concat(Enumerable.Repeat("ü", 50_000));
        using var response = await _receiver.Http.PostAsync("/ok", new StringContent(body));

        var kept = (await _receiver.ReceivedAsync()).GetProperty("items")[0];

        Assert.Equal(100_001, kept.GetProperty("bodyLength").GetInt64());
        Assert.True(kept.GetProperty("bodyTruncated").GetBoolean());
        Assert.Equal(body[..32_768], kept.GetProperty("body").GetString());
    }

    [Fact]
    public async Task Filters_narrow_and_the_newest_comes_first()
    {
        await PostAsync("/hook/a", "ntf_1");
        await PostAsync("/hook/b", "ntf_1");
        await PostAsync("/hook/a", "ntf_2");

        Assert.Equal((2, "ntf_2"), await FindAsync("?name=a"));
        Assert.Equal((2, "ntf_1"), await FindAsync("?webhook-id=ntf_1"));
        Assert.Equal((1, "ntf_1"), await FindAsync("?webhook-id=ntf_1&name=a"));
        Assert.Equal((1, "ntf_1"), await FindAsync("?path=/hook/b"));
        Assert.Equal(0, (await _receiver.ReceivedAsync("?name=A")).GetProperty("count").GetInt32());

        var limited = await _receiver.ReceivedAsync("?limit=1");
        Assert.Equal(3, limited.GetProperty("count").GetInt32());
        Assert.Equal(1, limited.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Only_the_last_thousand_are_kept()
    {
        await Parallel.ForAsync(0, 1_010, async (_, _) => (await _receiver.Http.PostAsync("/ok", null)).Dispose());

        var list = await _receiver.ReceivedAsync();
        var numbers = list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("number").GetInt64()).ToHashSet();

        Assert.Equal(1_000, list.GetProperty("count").GetInt32());
        Assert.Equal(1_000, numbers.Count);
        Assert.Equal(1_010, numbers.Max());
    }

    [Fact]
    public async Task Clearing_forgets_requests_and_failures()
    {
        await PostAsync("/fail/1/then-ok/a", "ntf_1");

        using var cleared = await _receiver.Http.DeleteAsync("/received");
        using var again = await _receiver.Http.PostAsync("/fail/1/then-ok/a", null);

        Assert.Equal(HttpStatusCode.NoContent, cleared.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, again.StatusCode);
        Assert.Equal(1, (await _receiver.ReceivedAsync()).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Asking_what_was_received_is_not_itself_kept()
    {
        await _receiver.ReceivedAsync();
        using var health = await _receiver.Http.GetAsync("/health");
        using var page = await _receiver.Http.GetAsync("/");

        Assert.Equal(0, (await _receiver.ReceivedAsync()).GetProperty("count").GetInt32());
    }

    private async Task PostAsync(string url, string webhookId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.Add("webhook-id", webhookId);
        using var response = await _receiver.Http.SendAsync(request);
    }

    private async Task<(int Count, string? NewestId)> FindAsync(string query)
    {
        var list = await _receiver.Http.GetFromJsonAsync<JsonElement>($"/received{query}");
        return (list.GetProperty("count").GetInt32(), list.GetProperty("items")[0].GetProperty("webhookId").GetString());
    }
}
