using Waybill.IntakeService.Submissions;

namespace Waybill.IntakeService.Tests.Submissions;

public sealed class ValidFieldTests
{
    [Fact]
    public void Only_the_url_is_needed()
    {
        var submission = Parse.Valid("""{"url":"https://example.com/hook"}""");

        Assert.Equal("POST", submission.Request.Method);
        Assert.Equal("https://example.com/hook", submission.Request.Url);
        Assert.Empty(submission.Request.Headers);
        Assert.Equal(15, submission.TimeoutSeconds);
        Assert.Null(submission.CorrelationId);
        Assert.Null(submission.RetrySchedule);
        Assert.Null(submission.DeliverAt);
    }

    [Fact]
    public void A_field_that_is_null_counts_as_left_out()
    {
        var nulls = string.Join(',', SubmissionParser.KnownFields.Where(name => name is not ("url" or "payload")).Select(name => $"\"{name}\":null"));
        var bare = Parse.Valid("""{"url":"https://example.com/hook"}""");

        Assert.Equal(Fingerprint.Of(bare), Fingerprint.Of(Parse.Valid(Parse.With(nulls))));
    }

    [Theory]
    [InlineData("http://localhost:5199/x?a=b&c=%20d", "http://localhost:5199/x?a=b&c=%20d")]
    [InlineData("HTTPS://Example.COM:443", "https://example.com/")]
    [InlineData("https://bücher.example/straße?q=ü", "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%BC")]
    [InlineData("http://[::1]:8080/a", "http://[::1]:8080/a")]
    [InlineData("http://192.0.2.1/a//b", "http://192.0.2.1/a//b")]
    [InlineData("https://example.com/a%2Fb?at=a@b", "https://example.com/a%2Fb?at=a@b")]
    [InlineData("https://hooks_internal.example/", "https://hooks_internal.example/")]
    public void Urls_are_kept_in_the_form_in_which_they_are_called(string url, string canonical) =>
        Assert.Equal(canonical, Parse.Valid($$"""{"url":"{{url}}"}""").Request.Url);

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("GET")]
    public void Every_method_is_taken(string method) =>
        Assert.Equal(method, Parse.Valid(Parse.With($"\"method\":\"{method}\"")).Request.Method);

    [Theory]
    [InlineData("[]", new int[0])]
    [InlineData("[0,5,86400]", new[] { 0, 5, 86400 })]
    [InlineData("[0.0,5e0,8.64e4]", new[] { 0, 5, 86400 })]
    public void A_schedule_of_its_own_is_taken(string schedule, int[] expected) =>
        Assert.Equal(expected, Parse.Valid(Parse.With($"\"retrySchedule\":{schedule}")).RetrySchedule);

    [Theory]
    [InlineData("2030-02-01T08:00:00Z", "2030-02-01T08:00:00.000Z")]
    [InlineData("2030-02-01t08:00:00.123456789+02:00", "2030-02-01T06:00:00.123Z")]
    [InlineData("2030-02-01T08:00:00.123999999999999999999999999999999999999999999999999999999999z", "2030-02-01T08:00:00.123Z")]
    [InlineData("2030-12-31T15:59:60-08:00", "2031-01-01T00:00:00.000Z")]
    [InlineData("2031-01-31T08:00:00Z", "2031-01-31T08:00:00.000Z")]
    [InlineData("2001-01-01T00:00:00-05:30", "2001-01-01T05:30:00.000Z")]
    public void A_time_is_taken_with_any_offset(string time, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), Parse.Valid(Parse.With($"\"deliverAt\":\"{time}\"")).DeliverAt);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("30", 30)]
    [InlineData("15.0", 15)]
    [InlineData("1.5e1", 15)]
    [InlineData("1e0", 1)]
    public void Timeouts_within_their_range_are_taken(string given, int seconds) =>
        Assert.Equal(seconds, Parse.Valid(Parse.With($"\"timeoutSeconds\":{given}")).TimeoutSeconds);

    [Fact]
    public void A_correlation_id_may_have_128_characters()
    {
        Assert.Equal(128, Parse.Valid(Parse.With($"\"correlationId\":\"{new string('ü', 128)}\"")).CorrelationId!.Length);
        InvalidFieldTests.AssertError(Parse.With($"\"correlationId\":\"{new string('a', 129)}\""), "correlationId", "1 to 128");

        var emoji = string.Concat(Enumerable.Repeat("😀", 128));
        Assert.Equal(emoji, Parse.Valid(Parse.With($"\"correlationId\":\"{emoji}\"")).CorrelationId);
        InvalidFieldTests.AssertError(Parse.With($"\"correlationId\":\"{emoji}a\""), "correlationId", "1 to 128");
    }
}
