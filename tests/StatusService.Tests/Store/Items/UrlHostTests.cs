using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Tests.Store.Items;

public sealed class UrlHostTests
{
    [Theory]
    [InlineData("https://example.com/a", "example.com")]
    [InlineData("https://example.com:8443/a", "example.com:8443")]
    [InlineData("http://[::1]:9/", "[::1]:9")]
    [InlineData("nonsense", "")]
    [InlineData("", "")]
    [InlineData("https://a..b/", "")]
    public void A_url_that_cannot_be_read_has_no_host_and_harms_nobody(string url, string host)
    {
        Assert.Equal(host, UrlHost.Of(url));
        Assert.Equal(host.Length > 0, UrlHost.Is(url, host));
    }
}
