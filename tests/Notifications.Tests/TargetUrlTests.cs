using Waybill.Notifications.Delivery;

namespace Waybill.Notifications.Tests;

public sealed class TargetUrlTests
{
    [Theory]
    [InlineData("http://h.example/sign%41ture/%7Euser/%2D?sig=%41%5F", "/sign%41ture/%7Euser/%2D?sig=%41%5F")]
    [InlineData("http://h.example/files/%2e%2e/secret%2Etxt", "/files/%2e%2e/secret%2Etxt")]
    [InlineData("http://h.example/files/../secret/./a/", "/files/../secret/./a/")]
    [InlineData("http://h.example//double//slash", "//double//slash")]
    [InlineData("http://h.example/%zz/%", "/%zz/%")]
    [InlineData("http://h.example/a|b^c{d}`e\"f<g>", "/a|b^c{d}`e\"f<g>")]
    [InlineData("http://h.example/a\\b?c\\d", "/a\\b?c\\d")]
    [InlineData("http://h.example/a/http://b/?x=http://c/?y", "/a/http://b/?x=http://c/?y")]
    [InlineData("http://h.example", "/")]
    [InlineData("http://h.example?x", "/?x")]
    [InlineData("http://h.example?x=/../y", "/?x=/../y")]
    [InlineData("http://h.example/?", "/?")]
    [InlineData("http://h.example/a?", "/a?")]
    [InlineData("http://h.example/schön/%C3%B6?ö=😀", "/sch%C3%B6n/%C3%B6?%C3%B6=%F0%9F%98%80")]
    [InlineData("HTTPS://H.example:443/A", "/A")]
    [InlineData("http://[::1]:8080/%5b", "/%5b")]
    [InlineData("http://0x7f.1/%2F", "/%2F")]
    public void Path_and_query_stay_as_they_were_given(string text, string target)
    {
        Assert.Equal(target, TargetUrl.Parse(text).PathAndQuery);
    }

    [Theory]
    [InlineData("http://h.example/a b")]
    [InlineData("http://h.example/a\r\nX: y")]
    [InlineData("http://h.example/\n")]
    [InlineData("http://h.example/\u007f")]
    [InlineData("http://h.example/\0")]
    [InlineData(" http://h.example/")]
    [InlineData("http://h.example/a#b")]
    [InlineData("http://h.example#b")]
    [InlineData("http://a..b/")]
    [InlineData("http://bü..cher/")]
    [InlineData("http://h.example\\@other.example/")]
    [InlineData("http://h.example\\a")]
    [InlineData("http:\\\\h.example/")]
    [InlineData("http:///a")]
    [InlineData("http://")]
    [InlineData("http://?x")]
    [InlineData("http:h.example/")]
    [InlineData("//h.example/")]
    [InlineData("/a")]
    [InlineData("ftp://h.example/a")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user:secret@h.example/")]
    [InlineData("http://h.example:0/")]
    [InlineData("http://h.example:65536/")]
    [InlineData("http://h example/")]
    [InlineData("")]
    [InlineData(null)]
    public void What_cannot_be_sent_is_refused(string? text)
    {
        Assert.False(TargetUrl.TryCreate(text, out _));
    }

    [Theory]
    [InlineData("HTTP://H.Example/", "h.example", 80)]
    [InlineData("https://h.example:8443/", "h.example", 8443)]
    [InlineData("http://0x7f.1/", "127.0.0.1", 80)]
    [InlineData("http://2130706433/", "127.0.0.1", 80)]
    [InlineData("https://bücher.example/", "xn--bcher-kva.example", 443)]
    public void Host_and_port_are_in_their_normal_form(string text, string host, int port)
    {
        var url = TargetUrl.Parse(text);

        Assert.Equal((host, port), (url.IdnHost, url.Port));
    }

    [Fact]
    public void Half_a_character_is_refused()
    {
        Assert.False(TargetUrl.TryCreate("http://h.example/" + '\ud800', out _));
    }

    [Fact]
    public void The_text_of_what_was_read_is_read_as_the_same()
    {
        var url = TargetUrl.Parse("http://h.example:81/%41/../ö?%zz");

        Assert.Equal(url.PathAndQuery, TargetUrl.Parse($"{url.Scheme}://{url.Authority}{url.PathAndQuery}").PathAndQuery);
    }
}
