using System.Diagnostics;
using System.Net;

namespace Waybill.Local.Tests.Receiver;

public sealed class AnswerTests(RunningReceiver receiver) : IClassFixture<RunningReceiver>
{
    private readonly HttpClient _http = receiver.Http;

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PROPFIND")]
    public async Task Every_method_is_answered(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/ok");
        using var response = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("ok", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/status/200", 200)]
    [InlineData("/status/204", 204)]
    [InlineData("/status/304", 304)]
    [InlineData("/status/418", 418)]
    [InlineData("/status/599", 599)]
    [InlineData("/hook?status=503", 503)]
    [InlineData("/hook/orders?STATUS=410", 410)]
    [InlineData("/size/10?status=500", 500)]
    public async Task The_status_is_what_the_url_asks_for(string url, int status)
    {
        using var response = await _http.PostAsync(url, null);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("/delay/300")]
    [InlineData("/hook?delay=300")]
    [InlineData("/status/500?delay=300")]
    public async Task The_answer_waits_as_long_as_the_url_asks_for(string url)
    {
        var watch = Stopwatch.StartNew();
        using var response = await _http.PostAsync(url, null);

        Assert.InRange(watch.ElapsedMilliseconds, 290, 10_000);
    }

    [Fact]
    public async Task A_drip_sends_headers_at_once_and_the_body_bit_by_bit()
    {
        using var response = await _http.GetAsync("/drip?bytes=40&ms=1000", HttpCompletionOption.ResponseHeadersRead);
        var watch = Stopwatch.StartNew();
        await using var body = await response.Content.ReadAsStreamAsync();
        var reads = 0;
        var bytes = 0;
        var buffer = new byte[100];

        while (await body.ReadAsync(buffer) is > 0 and var read)
        {
            reads++;
            bytes += read;
        }

        Assert.Equal(40, bytes);
        Assert.InRange(watch.ElapsedMilliseconds, 700, 10_000);
        Assert.True(reads > 5, $"{reads} reads");
    }

    [Theory]
    [InlineData("/size/0", 0)]
    [InlineData("/size/1", 1)]
    [InlineData("/size/3000000", 3_000_000)]
    [InlineData("/hook?size=20000", 20_000)]
    [InlineData("/hook?size=7&drip=50", 7)]
    public async Task The_body_is_as_long_as_the_url_asks_for(string url, long size)
    {
        using var response = await _http.GetAsync(url);

        Assert.Equal(size, response.Content.Headers.ContentLength);
        Assert.Equal(size, (await response.Content.ReadAsByteArrayAsync()).LongLength);
    }

    [Theory]
    [InlineData("/retry-after/120", "120", 503)]
    [InlineData("/retry-after/soon?status=429", "soon", 429)]
    [InlineData("/retry-after/Wed,%2021%20Oct%202026%2007:28:00%20GMT", "Wed, 21 Oct 2026 07:28:00 GMT", 503)]
    [InlineData("/hook?status=429&retryAfter=3", "3", 429)]
    public async Task Retry_after_is_sent_as_given(string url, string value, int status)
    {
        using var response = await _http.PostAsync(url, null);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal([value], response.Headers.NonValidated["Retry-After"]);
    }

    [Fact]
    public async Task Headers_are_sent_as_given()
    {
        using var response = await _http.GetAsync("/headers?X-One=1&X-Two=two%20words&Content-Type=text/weird");
        using var redirect = await _http.GetAsync("/hook?status=302&header=Location:%20http://127.0.0.1:1/&header=X-One:1&contentType=text/html");

        Assert.Equal(["1"], response.Headers.GetValues("X-One"));
        Assert.Equal(["two words"], response.Headers.GetValues("X-Two"));
        Assert.Equal("text/weird", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("http://127.0.0.1:1/", redirect.Headers.Location?.ToString());
        Assert.Equal(["1"], redirect.Headers.GetValues("X-One"));
        Assert.Equal("text/html", redirect.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_sender_that_hangs_up_does_not_harm_the_next_one()
    {
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _http.GetAsync("/delay/600000", impatient.Token));

        using var response = await _http.GetAsync("/ok");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/alive")]
    [InlineData("/health")]
    public async Task It_says_that_it_is_well(string url)
    {
        using var response = await _http.GetAsync(url);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_page_is_served_and_may_load_nothing_from_elsewhere()
    {
        using var page = await _http.GetAsync("/");
        var html = await page.Content.ReadAsStringAsync();

        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("//", html.Replace("<!doctype html>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("text/css", (await _http.GetAsync("/page.css")).Content.Headers.ContentType?.MediaType);
        Assert.Equal("text/javascript", (await _http.GetAsync("/page.js")).Content.Headers.ContentType?.MediaType);
    }
}
