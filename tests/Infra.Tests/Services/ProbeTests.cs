using System.Diagnostics;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.Infra.Tests.Services;

/// <summary>Rules out a health check that says yes to a service that does not answer, or no to one that does.</summary>
public sealed class ProbeTests
{
    [Fact]
    public async Task The_probe_tells_a_service_that_answers_from_one_that_is_gone()
    {
        await using var backends = await LocalBackends.StartAsync();
        await new Provisioner(backends.DynamoDbClient, backends.SqsClient).ProvisionAsync();
        await using var status = await StatusServiceHost.StartAsync(backends);
        var url = new Uri(status.PublicUrl, "alive");

        Assert.Equal(0, await Probe(url));
        Assert.Equal(1, await Probe(new Uri(status.PublicUrl, "nothing-here")));

        await status.Process.KillAsync();
        Assert.Equal(1, await Probe(url));
    }

    private static async Task<int> Probe(Uri url)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "HealthProbe.dll");
        using var probe = Process.Start("dotnet", ["exec", program, url.ToString()]);
        await probe.WaitForExitAsync();
        return probe.ExitCode;
    }
}
