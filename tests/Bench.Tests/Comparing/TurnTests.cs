using Waybill.Bench.Comparing;
using Waybill.Bench.Systems;
using Waybill.TestSupport;

namespace Waybill.Bench.Tests.Comparing;

[Trait(Ladder.Name, Ladder.Full)]
public sealed class TurnTests
{
    private const double AFew = 0.004;
    private const double PerSecond = 100;

    private static readonly BackendChoice Light = new(IsLight: true);

    [Fact]
    public Task Waybill_delivers_each_notification_of_a_turn_once() =>
        AssertWholeAsync("Waybill", token => WaybillContender.StartAsync(Light, new Dictionary<string, string>(), token));

    [Fact]
    public Task The_design_in_Node_delivers_each_notification_of_a_turn_once() =>
        AssertWholeAsync("Node", token => NodePeer.StartNodeAsync(Light, token));

    [RedisFact]
    public Task BullMQ_delivers_each_notification_of_a_turn_once() =>
        AssertWholeAsync("BullMQ", token => NodePeer.StartBullMqAsync(RedisServer.Find()!, token));

    [Fact]
    public void A_turn_can_be_ended_after_one_of_its_loads()
    {
        Assert.Equal([Phase.Cold], Phase.Turn(1, Phase.Cold).Select(phase => phase.Name));
        Assert.Equal([1000, 4000, 5000], Phase.Turn(1, Phase.Full).Select(phase => phase.Count));
        Assert.Equal(Phase.Turn(1), Phase.Turn(1, Phase.FullAndWarm));
    }

    private static async Task AssertWholeAsync(string name, Func<CancellationToken, Task<IContender>> start)
    {
        var turn = await Turn.RunAsync(name, start, _ => PerSecond, Phase.Turn(AFew), CancellationToken.None);

        Assert.Equal([Phase.Cold, Phase.Full, Phase.Even, Phase.FullAndWarm], turn.Phases.Select(phase => phase.Phase));
        Assert.All(turn.Phases, phase => Assert.Equal(0, phase.Missing));
        Assert.All(turn.Phases, phase => Assert.True(phase.DeliveredPerSecond > 0 && phase.Accepted.P50 > 0 && phase.Accepted.Max < 60_000));
        Assert.True(turn.Phases.Sum(phase => phase.CpuMilliseconds) > 0);
    }
}

/// <summary>Of a test that needs redis-server, which only CI is sure to have.</summary>
public sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = RedisServer.Find() is null ? "redis-server is not on the PATH: apt-get install redis-server." : null;
}
