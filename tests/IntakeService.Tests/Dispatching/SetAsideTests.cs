using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Waybill.IntakeService.Dispatching;
using Waybill.Notifications.StatusApi;

namespace Waybill.IntakeService.Tests.Dispatching;

/// <summary>Rules out that what is in trouble is asked about once a second for ever, and that it is forgotten once it is mended.</summary>
public sealed class SetAsideTests
{
    private static readonly DateTimeOffset DueAt = DateTimeOffset.UnixEpoch;

    private readonly FakeTimeProvider _time = new();
    private readonly SetAside _setAside;

    public SetAsideTests() => _setAside = new SetAside(_time, NullLogger.Instance);

    [Fact]
    public void Each_look_is_one_line_that_names_it_and_counts_one()
    {
        var lines = new Lines();
        var counted = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meter) =>
        {
            if (instrument.Name == "waybill.dispatcher.skipped")
            {
                meter.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref counted, value));
        listener.Start();

        new SetAside(_time, lines).Add("ntf_1", new RecordTroubleException("ntf_1", "its version is no number"), DueAt);

        Assert.Contains("ntf_1", Assert.Single(lines.Written), StringComparison.Ordinal);
        Assert.Contains("its version is no number", lines.Written[0], StringComparison.Ordinal);
        Assert.True(counted >= 1);
    }

    [Fact]
    public void What_stays_in_trouble_is_looked_at_less_and_less_often_but_at_least_once_an_hour()
    {
        var pauses = Enumerable.Range(0, 10).Select(_ => Pause(new RecordTroubleException("ntf_1", "corrupt"))).ToList();

        Assert.Equal([30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600], pauses.Select(pause => pause.TotalSeconds));
    }

    [Fact]
    public void What_may_pass_by_itself_is_looked_at_each_minute()
    {
        var trouble = new RecordTroubleException("ntf_1", "500") { ForGood = false };

        Assert.Equal([30, 60, 60], Enumerable.Range(0, 3).Select(_ => Pause(trouble).TotalSeconds));
        Assert.Equal(60, Pause(new InvalidOperationException("unforeseen")).TotalSeconds);
    }

    [Fact]
    public void What_has_another_due_time_has_been_moved_and_is_looked_at_at_once()
    {
        _setAside.Add("ntf_1", new RecordTroubleException("ntf_1", "corrupt"), DueAt);

        Assert.True(_setAside.Holds("ntf_1", DueAt));
        Assert.False(_setAside.Holds("ntf_1", DueAt.AddSeconds(1)));
        Assert.False(_setAside.Holds("ntf_2", DueAt));
    }

    [Fact]
    public void What_has_been_worked_on_starts_anew()
    {
        _setAside.Add("ntf_1", new RecordTroubleException("ntf_1", "corrupt"), DueAt);
        _setAside.Forget("ntf_1");

        Assert.False(_setAside.Holds("ntf_1", DueAt));
        Assert.Equal(0, _setAside.Count);
    }

    [Fact]
    public void What_is_remembered_is_bounded_and_makes_room_for_others_in_time()
    {
        var kept = Enumerable.Range(0, 12_000).Count(number => _setAside.Add($"ntf_{number}", new RecordTroubleException("x", "corrupt"), DueAt));
        Assert.Equal((10_000, 10_000), (kept, _setAside.Count));

        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(_setAside.Add("ntf_new", new RecordTroubleException("x", "corrupt"), DueAt));
        Assert.Equal(1, _setAside.Count);
    }

    private TimeSpan Pause(Exception trouble)
    {
        _setAside.Add("ntf_1", trouble, DueAt);
        var begun = _time.GetUtcNow();

        while (_setAside.Holds("ntf_1", DueAt))
        {
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        return _time.GetUtcNow() - begun;
    }

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
