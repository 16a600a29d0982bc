using System.Text.Json;

namespace Waybill.IntakeService.Tests.Submissions;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("""["a"]""", "headers", "must be an object")]
    [InlineData("""{"":"a"}""", "headers.", "must have a name of 1 to 128 letters")]
    [InlineData("""{"X Y":"a"}""", "headers.X Y", "must have a name of 1 to 128 letters")]
    [InlineData("""{"X:Y":"a"}""", "headers.X:Y", "must have a name of 1 to 128 letters")]
    [InlineData("""{"X\r\nY":"a"}""", "headers.X\r\nY", "must have a name of 1 to 128 letters")]
    [InlineData("""{"Grüße":"a"}""", "headers.Grüße", "must have a name of 1 to 128 letters")]
    [InlineData("""{"\ud800":"a"}""", "headers", "must have a name of 1 to 128 letters")]
    [InlineData("""{"X-A":5}""", "headers.X-A", "must be a text of at most 4096 visible ASCII characters")]
    [InlineData("""{"X-A":null}""", "headers.X-A", "must be a text")]
    [InlineData("""{"X-A":["a"]}""", "headers.X-A", "must be a text")]
    [InlineData("""{"X-A":"a\r\nX-B: b"}""", "headers.X-A", "no line breaks")]
    [InlineData("""{"X-A":"a\n"}""", "headers.X-A", "no line breaks")]
    [InlineData("""{"X-A":"a\u0000b"}""", "headers.X-A", "visible ASCII")]
    [InlineData("""{"X-A":"ü"}""", "headers.X-A", "visible ASCII")]
    [InlineData("""{"X-A":"\ud800"}""", "headers.X-A", "visible ASCII")]
    [InlineData("""{"X-A":"1","x-a":"2"}""", "headers.x-a", "is given more than once")]
    [InlineData("""{"X-A":"1","X-A":"2"}""", "headers.X-A", "is given more than once")]
    [InlineData("""{"connection":"close"}""", "headers.connection", "belongs to one connection")]
    [InlineData("""{"Keep-Alive":"1"}""", "headers.Keep-Alive", "belongs to one connection")]
    [InlineData("""{"Proxy-Authorization":"x"}""", "headers.Proxy-Authorization", "belongs to one connection")]
    [InlineData("""{"proxy-anything":"x"}""", "headers.proxy-anything", "belongs to one connection")]
    [InlineData("""{"TE":"trailers"}""", "headers.TE", "belongs to one connection")]
    [InlineData("""{"Trailer":"x"}""", "headers.Trailer", "belongs to one connection")]
    [InlineData("""{"Transfer-Encoding":"chunked"}""", "headers.Transfer-Encoding", "belongs to one connection")]
    [InlineData("""{"Upgrade":"h2c"}""", "headers.Upgrade", "belongs to one connection")]
    [InlineData("""{"Expect":"100-continue"}""", "headers.Expect", "belongs to one connection")]
    [InlineData("""{"Host":"a"}""", "headers.Host", "it is taken from url")]
    [InlineData("""{"CONTENT-LENGTH":"1"}""", "headers.CONTENT-LENGTH", "computed from the payload")]
    [InlineData("""{"Content-Type":"text/plain"}""", "headers.Content-Type", "use the field contentType")]
    [InlineData("""{"Webhook-Id":"1"}""", "headers.Webhook-Id", "belong to the signature")]
    [InlineData("""{"traceparent":"1"}""", "headers.traceparent", "sends the trace context of each attempt itself")]
    [InlineData("""{"Tracestate":"1"}""", "headers.Tracestate", "sends the trace context")]
    public void A_wrong_header_is_named_with_what_is_allowed(string headers, string field, string message) =>
        InvalidFieldTests.AssertError(Parse.With($"\"headers\":{headers}"), field, message);

    [Fact]
    public void Bounds_of_names_values_and_number_are_kept()
    {
        Parse.Valid(Headers(new() { [new string('n', 128)] = new string('v', 4096) }));

        InvalidFieldTests.AssertError(Headers(new() { [new string('n', 129)] = "v" }), $"headers.{new string('n', 129)}", "1 to 128");
        InvalidFieldTests.AssertError(Headers(new() { ["n"] = new string('v', 4097) }), "headers.n", "at most 4096");

        Parse.Valid(Headers(Enumerable.Range(0, 32).ToDictionary(n => $"n{n}", _ => "v")));
        InvalidFieldTests.AssertError(Headers(Enumerable.Range(0, 33).ToDictionary(n => $"n{n}", _ => "v")), "headers", "at most 32 headers");

        // 4 × (4095 + 1) bytes are 16 KiB exactly.
        Parse.Valid(Headers(Enumerable.Range(0, 4).ToDictionary(n => $"{n}", _ => new string('v', 4095))));
        InvalidFieldTests.AssertError(Headers(Enumerable.Range(0, 4).ToDictionary(n => $"{n}", _ => new string('v', 4096))), "headers", "at most 16384 bytes");
    }

    [Fact]
    public void Headers_keep_their_order_and_spelling_and_lose_the_space_around_values()
    {
        var headers = Parse.Valid(Parse.With(""" "headers":{"X-Zeta":" \t 1 \t","authorization":"Bearer a b","X_Empty":"","!#$%&'*+-.^_`|~":"\tok"} """)).Request.Headers;

        Assert.Equal(["X-Zeta", "authorization", "X_Empty", "!#$%&'*+-.^_`|~"], headers.Keys);
        Assert.Equal(["1", "Bearer a b", "", "ok"], headers.Values);
    }

    private static string Headers(Dictionary<string, string> headers) => Parse.With($"\"headers\":{JsonSerializer.Serialize(headers)}");
}
