using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Fairness;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Fairness;

/// <summary>Rules out that what is known of hosts grows for ever, or that a new host pays for how many are known.</summary>
public sealed class HostGatesTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly HostGates _gates;

    public HostGatesTests() =>
        _gates = new HostGates(Options.Create(new FairnessOptions()), Options.Create(new DeliveryOptions()), new Random(1), _clock);

    [Fact]
    public async Task Hosts_that_are_all_dead_are_forgotten_when_they_are_too_many()
    {
        for (var host = 0; host < 3 * HostGates.MostGates; host++)
        {
            await FailAsync($"http://dead-{host}.example/");
        }

        Assert.Equal(HostGates.MostGates, _gates.Count);
    }

    [Fact]
    public async Task A_dead_host_that_nothing_goes_to_any_more_is_forgotten_after_an_hour()
    {
        for (var host = 0; host < 100; host++)
        {
            await FailAsync($"http://dead-{host}.example/");
        }

        _clock.Advance(HostGates.ForgottenAfter);

        for (var call = 0; call < 100; call++)
        {
            await FailAsync("http://another.example/");
        }

        Assert.Equal(1, _gates.Count);
    }

    [Fact]
    public async Task The_longest_unused_is_forgotten_first_and_one_in_use_never()
    {
        var inUse = Assert.IsType<Admission.Granted>(await EnterAsync("http://in-use.example/"));
        await FailAsync("http://down.example/", calls: 5);

        for (var host = 0; host < HostGates.MostGates; host++)
        {
            await FailAsync($"http://dead-{host}.example/");
            Assert.IsType<Admission.Refused>(await EnterAsync("http://down.example/"));
        }

        Assert.Equal(HostGates.MostGates, _gates.Count);
        inUse.Pass.Dispose();
    }

    [Fact]
    public async Task Any_two_spellings_of_a_host_share_one_gate()
    {
        await FailAsync("http://HOST.example/a", calls: 3);
        await FailAsync("http://host.example:80/b", calls: 2);

        Assert.IsType<Admission.Refused>(await EnterAsync("http://host.example/c"));
        Assert.Equal(1, _gates.Count);
    }

    private Task<Admission> EnterAsync(string url) => _gates.EnterAsync(A.Record(url) with { CreatedAt = _clock.GetUtcNow() });

    private async Task FailAsync(string url, int calls = 1)
    {
        for (var call = 0; call < calls; call++)
        {
            if (await EnterAsync(url) is Admission.Granted granted)
            {
                granted.Pass.Report(Outcomes.Of(HostSignal.Silent));
                granted.Pass.Dispose();
            }
        }
    }
}
