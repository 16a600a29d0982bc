using Microsoft.Extensions.Time.Testing;
using Waybill.DeliveryWorker.Fairness;

namespace Waybill.DeliveryWorker.Tests.Fairness;

public sealed class ReturnCalendarTests
{
    /// <summary>Between probes, in seconds.</summary>
    private const int LongestPause = 30;

    private readonly FakeTimeProvider _clock = new();
    private readonly ReturnCalendar _calendar;

    public ReturnCalendarTests() => _calendar = new ReturnCalendar(new Random(1), _clock);

    [Fact]
    public void A_backlog_comes_back_at_the_hosts_pace_and_somewhat_faster()
    {
        var due = Enumerable.Range(0, 450).Select(_ => AtPace(1 / 45.0)).ToList();

        Assert.InRange(due[0], 1, 1.1);
        Assert.InRange(due.Max(), 8.5, 9.5);

        for (var second = 2; second < 8; second++)
        {
            Assert.InRange(due.Count(at => at >= second && at < second + 1), 45, 65);
        }
    }

    [Fact]
    public void Nothing_comes_back_before_the_pause_ends_nor_later_than_the_calendar_goes()
    {
        var due = Enumerable.Range(0, 1000).Select(_ => AtPace(1, pauseLeft: 20)).ToList();

        Assert.InRange(due.Min(), 20, 22);
        Assert.All(due[500..], seconds => Assert.InRange(seconds, 300, 330));
    }

    [Fact]
    public void Places_that_have_passed_are_not_given_again()
    {
        AtPace(100);
        AtPace(100);
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.InRange(AtPace(100), 1, 1.1);
    }

    [Fact]
    public void A_backlog_of_a_slow_time_does_not_hold_up_what_comes_when_the_host_is_fast_again()
    {
        var slow = Enumerable.Range(0, 100).Select(_ => AtPace(1)).ToList();
        Assert.InRange(slow.Max(), 70, 90);

        var fast = Enumerable.Range(0, 100).Select(_ => AtPace(0.01)).ToList();

        Assert.All(fast, seconds => Assert.InRange(seconds, 1, 3.5));
    }

    [Fact]
    public void One_comes_back_for_the_next_probe()
    {
        var due = Enumerable.Range(0, 1000).Select(_ => AnyTime(60, pauseLeft: 10)).ToList();

        Assert.InRange(due[0], 10, 11);
        Assert.Equal(1, due.Count(seconds => seconds < 12));
    }

    [Fact]
    public void After_that_probe_one_comes_back_for_the_next()
    {
        AnyTime(60, pauseLeft: 10);
        AnyTime(60, pauseLeft: 10);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.InRange(AnyTime(70, pauseLeft: 20), 20, 22);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(60, 240)]
    [InlineData(86_400, 600)]
    public void The_others_come_back_in_the_second_half_of_four_times_as_long_as_it_has_been_unwell_and_within_ten_minutes(int unwellFor, int stretch)
    {
        AnyTime(unwellFor, pauseLeft: 0);

        var due = Enumerable.Range(0, 1000).Select(_ => AnyTime(unwellFor, pauseLeft: 0)).Order().ToList();

        Assert.InRange(due[0], stretch * 0.5, stretch * 0.51);
        Assert.InRange(due[500], stretch * 0.7, stretch * 0.8);
        Assert.InRange(due[^1], stretch * 0.99, stretch);
    }

    [Fact]
    public void A_backlog_of_a_host_that_is_down_comes_back_seldom()
    {
        var rounds = RoundsOf(backlog: 200, TimeSpan.FromHours(2));

        Assert.All(rounds, of => Assert.InRange(of.Count(at => at < 150), 1, 4));
        Assert.All(rounds, of => Assert.InRange(of.Count(at => at < 3600), 5, 14));
        Assert.All(rounds, of => Assert.InRange(of.Count(at => at >= 3600), 5, 12));
        Assert.InRange(rounds.Average(of => of.Count(at => at >= 3600)), 7, 9);
    }

    [Theory]
    [InlineData(0, 1, 1.1)]
    [InlineData(4, 4, 4)]
    [InlineData(30, 10, 10)]
    public void To_a_host_that_has_not_answered_yet_it_comes_back_after_as_long_again(double silentFor, double least, double most) =>
        Assert.InRange(_calendar.Soon(TimeSpan.FromSeconds(silentFor)).TotalSeconds, least, most);

    /// <summary>When each notification of a backlog was claimed and given back, in seconds since its host went down. One that is due for a probe is called then.</summary>
    private List<List<double>> RoundsOf(int backlog, TimeSpan time)
    {
        var rounds = Enumerable.Range(0, backlog).Select(_ => new List<double>()).ToList();
        var due = new PriorityQueue<int, double>(Enumerable.Range(0, backlog).Select(number => (number, number * 0.01)));
        var probes = new HashSet<int>();
        var now = 0.0;

        while (due.TryDequeue(out var number, out var at) && at < time.TotalSeconds)
        {
            _clock.Advance(TimeSpan.FromSeconds(Math.Max(0, at - now)));
            now = Math.Max(now, at);
            var dueIn = AnyTime(now, pauseLeft: LongestPause);

            if (!probes.Remove(number))
            {
                rounds[number].Add(now);
            }

            if (dueIn < LongestPause * 1.1)
            {
                probes.Add(number);
            }

            due.Enqueue(number, now + dueIn);
        }

        return rounds;
    }

    private double AtPace(double pace, double pauseLeft = 0) =>
        _calendar.AtPace(TimeSpan.FromSeconds(pace), TimeSpan.FromSeconds(pauseLeft)).TotalSeconds;

    private double AnyTime(double unwellFor, double pauseLeft) =>
        _calendar.AnyTime(TimeSpan.FromSeconds(unwellFor), TimeSpan.FromSeconds(pauseLeft)).TotalSeconds;
}
