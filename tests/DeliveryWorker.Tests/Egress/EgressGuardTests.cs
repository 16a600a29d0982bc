using System.Net;
using Microsoft.Extensions.Options;
using Waybill.Hosting.Egress;

namespace Waybill.DeliveryWorker.Tests.Egress;

/// <summary>The guard alone: it judges, and no packet is sent.</summary>
public sealed class EgressGuardTests
{
    public static TheoryData<string> Targets => [.. HostileTarget.All.Select(target => target.Url.OriginalString)];

    [Fact]
    public void The_corpus_is_large() => Assert.True(HostileTarget.All.Count >= 80, $"{HostileTarget.All.Count} targets");

    [Theory]
    [MemberData(nameof(Targets))]
    public void No_hostile_target_gets_a_connection(string url)
    {
        var target = HostileTarget.All.Single(target => target.Url.OriginalString == url);
        var guard = Guard();

        var refused = guard.JudgeTarget(target.Url.Scheme, target.Url.Port) is not null
            || target.Addresses.All(address => guard.JudgeAddress(address) is not null);

        Assert.True(refused, $"{url} → {string.Join(", ", target.Addresses)}");
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001:82a::200e")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2001:200::1")]
    [InlineData("2003::1")]
    public void Public_addresses_up_to_the_edges_of_special_ones_are_open(string address) =>
        Assert.Null(Guard().JudgeAddress(IPAddress.Parse(address)));

    [Fact]
    public void An_exception_opens_its_network_and_nothing_else()
    {
        var guard = Guard(options => options.AllowedCidrs = ["10.20.0.0/16", "::1/128"]);

        Assert.Null(guard.JudgeAddress(IPAddress.Parse("10.20.255.255")));
        Assert.Null(guard.JudgeAddress(IPAddress.IPv6Loopback));
        Assert.NotNull(guard.JudgeAddress(IPAddress.Parse("10.21.0.0")));
        Assert.NotNull(guard.JudgeAddress(IPAddress.Parse("::ffff:10.20.0.1")));
        Assert.NotNull(guard.JudgeAddress(IPAddress.Loopback));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(443)]
    [InlineData(8080)]
    [InlineData(8443)]
    [InlineData(3000)]
    [InlineData(5199)]
    public void Ports_that_web_servers_use_are_open(int port) => Assert.Null(Guard().JudgeTarget("http", port));

    [Fact]
    public void A_list_of_ports_takes_the_place_of_the_default_one()
    {
        var guard = Guard(options => options.DeniedPorts = [8080]);

        Assert.IsType<EgressRefusal.Port>(guard.JudgeTarget("http", 8080));
        Assert.Null(guard.JudgeTarget("http", 22));
    }

    [Fact]
    public void Only_https_goes_out_where_it_is_required()
    {
        var guard = Guard(options => options.RequireHttps = true);

        Assert.IsType<EgressRefusal.Plaintext>(guard.JudgeTarget("http", 80));
        Assert.Null(guard.JudgeTarget("https", 443));
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("loopback")]
    public void A_wrong_network_is_named_at_start(string cidr)
    {
        var result = new EgressOptionsValidator().Validate(null, new EgressOptions { AllowedCidrs = [cidr] });

        Assert.Contains(cidr, result.FailureMessage, StringComparison.Ordinal);
    }

    private static EgressGuard Guard(Action<EgressOptions>? configure = null)
    {
        var options = new EgressOptions();
        configure?.Invoke(options);
        return new EgressGuard(Options.Create(options));
    }
}
