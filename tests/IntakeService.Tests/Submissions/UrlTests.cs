using System.Text;
using System.Text.Json;
using Waybill.IntakeService.Queueing;

namespace Waybill.IntakeService.Tests.Submissions;

/// <summary>Rules out that another URL is stored, and called, than the one that was given and perhaps signed.</summary>
public sealed class UrlTests
{
    [Theory]
    [InlineData("/sign%41ture/%7Euser/%2D?sig=%41%5F")]
    [InlineData("/files/%2e%2e/secret%2Etxt")]
    [InlineData("/a/../b/./c/")]
    [InlineData("/..")]
    [InlineData("//a///b//")]
    [InlineData("/%2F%2f%5c%00%0d%0a%20")]
    [InlineData("/?")]
    [InlineData("/a?b?c=/../%2e")]
    [InlineData("/;p=1,2/(x)*!$&'=@:+~._-")]
    [InlineData("/?filter[a]=1&b[]=2")]
    [InlineData("/a+b?c+d=%2B")]
    [InlineData("/%C3%BC%c3%bc%FF")]
    [InlineData("/?redirect=https://user@other.example:99/x")]
    public void Path_and_query_are_kept_byte_for_byte(string pathAndQuery) =>
        Assert.Equal($"https://example.com{pathAndQuery}", Stored($"https://example.com{pathAndQuery}"));

    [Theory]
    [InlineData("/ü", "/%C3%BC")]
    [InlineData("/u\u0308", "/u%CC%88")]
    [InlineData("/?q=😀", "/?q=%F0%9F%98%80")]
    [InlineData("/\"<>^`{|}?\"<>^`{|}", "/%22%3C%3E%5E%60%7B%7C%7D?%22%3C%3E%5E%60%7B%7C%7D")]
    [InlineData("/%41\u200b", "/%41%E2%80%8B")]
    [InlineData("", "/")]
    [InlineData("?a", "/?a")]
    public void What_a_request_line_may_not_have_is_percent_encoded_once(string given, string stored) =>
        Assert.Equal($"https://example.com{stored}", Stored($"https://example.com{given}"));

    [Theory]
    [InlineData("HTTPS://Example.COM", "https://example.com/")]
    [InlineData("https://example.com:443/A", "https://example.com/A")]
    [InlineData("https://example.com:0443/", "https://example.com/")]
    [InlineData("https://example.com:/", "https://example.com/")]
    [InlineData("http://example.com:443/", "http://example.com:443/")]
    [InlineData("https://example.com.:8443/", "https://example.com:8443/")]
    [InlineData("https://bu\u0308cher.example/", "https://xn--bcher-kva.example/")]
    [InlineData("https://ＢÜＣＨＥＲ．example:8443/", "https://xn--bcher-kva.example:8443/")]
    [InlineData("http://①②⑦.⓪.⓪.①:9/", "http://127.0.0.1:9/")]
    [InlineData("http://0x7f.1/", "http://127.0.0.1/")]
    [InlineData("http://2130706433/", "http://127.0.0.1/")]
    [InlineData("http://127.1:80/", "http://127.0.0.1/")]
    [InlineData("http://0177.0.0.1/", "http://127.0.0.1/")]
    [InlineData("http://[::FFFF:127.0.0.1]/", "http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[0:0::1]:8080", "http://[::1]:8080/")]
    public void Scheme_host_and_port_have_one_spelling(string given, string stored) => Assert.Equal(stored, Stored(given));

    [Theory]
    [InlineData("https://example.com/%zz", "two hexadecimal digits after each '%'")]
    [InlineData("https://example.com/?a=100%", "two hexadecimal digits after each '%'")]
    [InlineData("https://example.com/%4", "two hexadecimal digits after each '%'")]
    [InlineData("https://example.com/a\tb", "white space, control characters")]
    [InlineData("https://example.com/a\r\nX-Injected: 1", "white space, control characters")]
    [InlineData("https://example.com/a b", "white space")]
    [InlineData("https://example.com/a\u00a0b", "white space")]
    [InlineData("https://example.com/a\u0085b", "control characters")]
    [InlineData("https:/example.com/", "must be an absolute http or https URL")]
    [InlineData("https:example.com/", "must be an absolute http or https URL")]
    [InlineData("https:///example.com/", "must be an absolute http or https URL")]
    [InlineData("https://?a", "must be an absolute http or https URL")]
    [InlineData("https://:443/", "must be an absolute http or https URL")]
    [InlineData("https://example.com:-1/", "port from 1 to 65535")]
    [InlineData("https://example.com:+1/", "port from 1 to 65535")]
    [InlineData("https://example.com:8a/", "port from 1 to 65535")]
    [InlineData("https://example.com:65536/", "port from 1 to 65535")]
    [InlineData("https://ex%61mple.com/", "its host is percent-encoded")]
    [InlineData("https://\u202Eabc.example/", "its host has U+202E")]
    [InlineData("https://a\u200Db.example/", "its host has an invisible joiner")]
    [InlineData("https://xn--a.example/", "its host has a label that starts with xn--")]
    [InlineData("https://a..example/", "its host has a label that is empty")]
    [InlineData("https://1.2.3.256/", "its host ends in a number")]
    [InlineData("http://[fe80::1%25eth0]/", "its host has a zone")]
    [InlineData("http://[::1]x/", "its host is no IPv6 address")]
    [InlineData("https://-.example/", "can be called")]
    [InlineData("https://example.com\uff0fhook", "its host has the character '/'")]
    [InlineData("https://example.com\uff1a8443/", "its host has the character ':'")]
    [InlineData("https://user\uff20example.com/", "its host has the character '@'")]
    [InlineData("https://example.com\u2100/", "its host has the character '/'")]
    [InlineData("https://{host}/", "its host has the character '{'")]
    public void What_cannot_be_called_as_it_is_given_is_refused_with_the_reason(string url, string reason) =>
        InvalidFieldTests.AssertError($$"""{"url":{{JsonSerializer.Serialize(url)}}}""", "url", reason);

    /// <summary>The worker, its gates, the queue's groups and the filters read what is stored by <see cref="Uri"/>.</summary>
    [Theory]
    [InlineData("https://BÜCHER.example./x")]
    [InlineData("http://①②⑦.⓪.⓪.①/")]
    [InlineData("http://[0:0::1]:8080/")]
    [InlineData("http://[::FFFF:7F00:1]/")]
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("http://[::127.0.0.1]/")]
    [InlineData("http://0/")]
    [InlineData("https://hooks_internal.example/")]
    [InlineData("https://r3---sn-apo3qvuoxuxbt-j5pe.example/")]
    [InlineData("https://faß.example:8443/")]
    public void Every_reader_of_the_stored_url_sees_the_same_host(string given)
    {
        var stored = Stored(given);
        var host = stored.Split('/')[2].Split(']')[0].TrimStart('[').Split(stored.Contains('[') ? '|' : ':')[0];
        var read = new Uri(stored);

        Assert.True(Ascii.IsValid(stored));
        Assert.Equal(host, read.IdnHost);
        Assert.Equal(host, read.DnsSafeHost);
        Assert.Equal(host, read.Host.Trim('[', ']'));
        Assert.Equal(host, MessageGroup.Of(stored));
        Assert.Equal(stored, Stored(stored));
    }

    private static string Stored(string url) => Parse.Valid($$"""{"url":{{JsonSerializer.Serialize(url)}}}""").Request.Url;
}
