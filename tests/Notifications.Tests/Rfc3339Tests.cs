using System.Text.Json;
using Waybill.Notifications.Json;

namespace Waybill.Notifications.Tests;

/// <summary>Rules out that a time is read differently in two places, or guessed at.</summary>
public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-11-28T16:43:35Z", "2026-11-28T16:43:35.0000000")]
    [InlineData("2026-11-28t16:43:35z", "2026-11-28T16:43:35.0000000")]
    [InlineData("2026-11-28T16:43:35.1Z", "2026-11-28T16:43:35.1000000")]
    [InlineData("2026-11-28T16:43:35.123456789Z", "2026-11-28T16:43:35.1234567")]
    [InlineData("2026-11-28T16:43:35.99999999999999999999999999999999999999999999999999999999999999999999Z", "2026-11-28T16:43:35.9999999")]
    [InlineData("2026-11-28T16:43:35+00:00", "2026-11-28T16:43:35.0000000")]
    [InlineData("2026-11-28T16:43:35-00:00", "2026-11-28T16:43:35.0000000")]
    [InlineData("2026-11-28T16:43:35+05:30", "2026-11-28T11:13:35.0000000")]
    [InlineData("2026-11-28T16:43:35-23:59", "2026-11-29T16:42:35.0000000")]
    [InlineData("2024-02-29T23:59:59Z", "2024-02-29T23:59:59.0000000")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000")]
    [InlineData("2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00.5000000")]
    [InlineData("2017-01-01T05:29:60+05:30", "2017-01-01T00:00:00.0000000")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999")]
    public void What_the_standard_has_is_read_in_utc(string text, string utc)
    {
        Assert.True(Rfc3339.TryParse(text, out var time));
        Assert.Equal(utc, time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", null));
        Assert.Equal(TimeSpan.Zero, time.Offset);
        Assert.Equal(time, Read(JsonSerializer.Serialize(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-28")]
    [InlineData("2026-11-28T16:43:35")]
    [InlineData("2026-11-28T16:43Z")]
    [InlineData("2026-11-28 16:43:35Z")]
    [InlineData("2026-11-28T16:43:35.Z")]
    [InlineData("2026-11-28T16:43:35,5Z")]
    [InlineData("2026-11-28T16:43:35+0100")]
    [InlineData("2026-11-28T16:43:35+1:00")]
    [InlineData("2026-11-28T16:43:35+24:00")]
    [InlineData("2026-11-28T16:43:35+01:60")]
    [InlineData("2026-11-28T16:43:35Z ")]
    [InlineData(" 2026-11-28T16:43:35Z")]
    [InlineData("2026-11-28T16:43:35ZZ")]
    [InlineData("2026-11-28T24:00:00Z")]
    [InlineData("2026-11-28T16:60:00Z")]
    [InlineData("2026-11-28T16:43:60Z")]
    [InlineData("2026-11-28T23:59:60+01:00")]
    [InlineData("2026-11-28T23:59:61Z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-00-01T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-11-00T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("10000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("9999-12-31T23:59:60Z")]
    [InlineData("٢٠٢٦-11-28T16:43:35Z")]
    [InlineData("2026-W48-6T16:43:35Z")]
    public void What_it_has_not_is_refused_and_never_guessed_at(string text)
    {
        Assert.False(Rfc3339.TryParse(text, out _));
        Assert.Throws<JsonException>(() => Read(JsonSerializer.Serialize(text)));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("{}")]
    public void What_is_no_text_is_no_time(string json) => Assert.Throws<JsonException>(() => Read(json));

    [Fact]
    public void It_is_written_in_utc_with_milliseconds() =>
        Assert.Equal("2026-11-28T11:13:35.120Z", Rfc3339.Text(new DateTimeOffset(2026, 11, 28, 16, 43, 35, 120, TimeSpan.FromMinutes(330)).AddTicks(5)));

    private static DateTimeOffset Read(string json) =>
        JsonSerializer.Deserialize<DateTimeOffset>(json, new JsonSerializerOptions { Converters = { new Rfc3339Converter() } });
}
