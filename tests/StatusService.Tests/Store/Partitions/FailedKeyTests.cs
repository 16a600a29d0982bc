using Waybill.Notifications.Records;
using Waybill.StatusService.Store.Partitions;

namespace Waybill.StatusService.Tests.Store.Partitions;

/// <summary>Rules out a failure that is found at another time than it failed, or under another host, category or error.</summary>
public sealed class FailedKeyTests
{
    /// <summary>Of DynamoDB's sort keys.</summary>
    private const int LongestSortKey = 1024;

    private static readonly DateTimeOffset FailedAt = new(2026, 3, 1, 12, 0, 0, 7, TimeSpan.Zero);

    private static readonly Failure Some = new("alice", FailedAt.AddDays(-1), "https://Hooks.Example:8443/a?b", DeliveryCategory.Timeout, "attempt_timeout");
    private static readonly Failure OfEvent = Some with { Event = new EventReference("evt_1", "order.paid", "example-ltd", "ep_1") };

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        var key = FailedKey.Of(Some, FailedAt);

        Assert.Equal(key, FailedKey.Parse(key.Text()));
        Assert.Equal((FailedAt.ToUnixTimeMilliseconds(), Some.CreatedAt.ToUnixTimeMilliseconds()), (key.FailedAt, key.CreatedAt));
        Assert.InRange(key.Text().Length, 1, LongestSortKey);
    }

    [Fact]
    public void Of_an_event_it_has_marks_of_its_endpoint_and_tenant()
    {
        var key = FailedKey.Of(OfEvent, FailedAt);

        Assert.Equal(key, FailedKey.Parse(key.Text()));
        Assert.Equal((FailedKey.Mark("ep_1"), FailedKey.Mark("example-ltd")), (key.Endpoint, key.Tenant));
        Assert.StartsWith(FailedKey.Of(Some, FailedAt).Text(), key.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_release_may_add_to_it()
    {
        var key = FailedKey.Of(OfEvent, FailedAt);

        Assert.Equal(key, FailedKey.Parse($"{key.Text()} more of it"));
    }

    /// <summary>Texts are sorted by their characters: rules out that one of another length comes too early.</summary>
    [Fact]
    public void Keys_are_in_the_order_of_failing()
    {
        DateTimeOffset[] times =
        [
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddMilliseconds(9),
            DateTimeOffset.UnixEpoch.AddMilliseconds(10),
            new(2001, 9, 9, 1, 46, 39, 999, TimeSpan.Zero),
            new(2001, 9, 9, 1, 46, 40, 0, TimeSpan.Zero),
            FailedAt,
            FailedAt.AddMilliseconds(1),
            new(2286, 11, 20, 17, 46, 39, 999, TimeSpan.Zero),
            new(2286, 11, 20, 17, 46, 40, 0, TimeSpan.Zero),
            new(5000, 1, 1, 0, 0, 0, TimeSpan.Zero),
        ];

        var keys = times.Select((time, index) => FailedKey.Of(Some with { Url = $"https://h{index * 7919 % 10}.example/" }, time).Text()).ToArray();

        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
    }

    [Fact]
    public void All_of_a_millisecond_are_between_its_first_and_its_last()
    {
        var time = FailedAt.ToUnixTimeMilliseconds();

        foreach (var url in new[] { "https://a.example/", "http://[::1]:9/", "nonsense", "" })
        {
            var key = FailedKey.Of(Some with { Url = url, Code = null }, FailedAt).Text();

            Assert.True(string.CompareOrdinal(FailedKey.First(time), key) <= 0 && string.CompareOrdinal(key, FailedKey.Last(time)) <= 0);
            Assert.True(string.CompareOrdinal(FailedKey.Last(time - 1), key) < 0 && string.CompareOrdinal(key, FailedKey.First(time + 1)) < 0);
        }
    }

    [Theory]
    [InlineData("https://hooks.example/", "hooks.example", true)]
    [InlineData("https://HOOKS.example:8443/a", "hooks.example", true)]
    [InlineData("https://hooks.example:8443/a", "Hooks.Example:8443", true)]
    [InlineData("http://[::1]:9/", "[::1]", true)]
    [InlineData("https://hooks.example/", "other.example", false)]
    [InlineData("https://hooks.example/", "ooks.example", false)]
    public void A_failure_is_found_by_its_host_whatever_the_port(string url, string host, bool found)
    {
        Assert.Equal(found, FailedKey.Of(Some with { Url = url }, FailedAt).Host == FailedKey.HostMark(host));
    }

    [Fact]
    public void A_failure_is_counted_by_its_host_with_its_port()
    {
        var key = FailedKey.Of(Some, FailedAt);

        Assert.Equal(FailedKey.AuthorityMark("hooks.example:8443"), key.Authority);
        Assert.NotEqual(FailedKey.AuthorityMark("hooks.example"), key.Authority);
        Assert.Equal((FailedKey.Mark("TIMEOUT"), FailedKey.Mark("attempt_timeout")), (key.Category, key.Error));
    }

    [Fact]
    public void Marks_of_many_texts_differ_and_have_no_character_that_ends_a_part()
    {
        var marks = Enumerable.Range(0, 100_000).Select(number => FailedKey.Mark($"h{number}.example")).ToArray();

        Assert.Equal(marks.Length, marks.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(marks, mark => mark.Contains(' ', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("01772366400007")]
    [InlineData("01772366400007 01772280000007 aaaaaaaa bbbbbbbb cccccccc")]
    [InlineData("noon 01772280000007 aaaaaaaa bbbbbbbb cccccccc dddddddd")]
    [InlineData("01772366400007 noon aaaaaaaa bbbbbbbb cccccccc dddddddd")]
    [InlineData("-1772366400007 01772280000007 aaaaaaaa bbbbbbbb cccccccc dddddddd")]
    [InlineData("99999999999999999999 01772280000007 aaaaaaaa bbbbbbbb cccccccc dddddddd")]
    public void A_text_that_is_none_is_refused(string text)
    {
        Assert.Throws<FormatException>(() => FailedKey.Parse(text));
    }
}
