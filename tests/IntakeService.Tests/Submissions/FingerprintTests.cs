using Waybill.IntakeService.Submissions;

namespace Waybill.IntakeService.Tests.Submissions;

/// <summary>Rules out that a repeat is taken for another request, and another request for a repeat.</summary>
public sealed class FingerprintTests
{
    private const string Original =
        """{"url":"https://example.com/hook","headers":{"A":"1","B":"2"},"payload":{"n":1},"correlationId":"c","retrySchedule":[5],"deliverAt":"2030-02-01T08:00:00Z"}""";

    [Theory]
    [InlineData("""{"deliverAt":"2030-02-01T09:00:00+01:00","retrySchedule":[ 5 ],"correlationId":"c","payload":{ "n": 1 },"headers":{"b":"2","a":"1"},"url":"https://example.com/hook"}""")]
    [InlineData("""{"url":"https://example.com/hook","method":"POST","headers":{"A":"1","B":"2"},"payload":{"n":1},"contentType":"application/json","correlationId":"c","timeoutSeconds":15,"retrySchedule":[5],"deliverAt":"2030-02-01T08:00:00Z"}""")]
    [InlineData("""{"url":"HTTPS://example.com:443/hook","headers":{"A":" 1","B":"2"},"payloadText":"{\"n\":1}","contentType":"application/json","correlationId":"c","retrySchedule":[5],"deliverAt":"2030-02-01T08:00:00Z"}""")]
    [InlineData("""{"url":"https://example.com/hook","headers":{"A":"1","B":"2"},"payload":{"n":1},"correlationId":"c","retrySchedule":[5],"deliverAt":"2030-02-01T08:00:00Z","notify":false}""")]
    public void The_same_request_in_other_words_is_the_same(string repeat) =>
        Assert.Equal(Fingerprint.Of(Parse.Valid(Original)), Fingerprint.Of(Parse.Valid(repeat)));

    [Theory]
    [InlineData("https://example.com/hook", "https://example.com/hook2")]
    [InlineData("\"A\":\"1\"", "\"A\":\"2\"")]
    [InlineData("\"A\":\"1\",\"B\":\"2\"", "\"A\":\"1\"")]
    [InlineData("{\"n\":1}", "{\"n\":1.0}")]
    [InlineData("\"payload\":{\"n\":1},", "")]
    [InlineData("\"correlationId\":\"c\",", "")]
    [InlineData("[5]", "[5,5]")]
    [InlineData("[5]", "[]")]
    [InlineData("\"retrySchedule\":[5],", "")]
    [InlineData("08:00:00Z", "08:00:01Z")]
    [InlineData("\"correlationId\":\"c\"", "\"correlationId\":\"c\",\"method\":\"PUT\"")]
    [InlineData("\"correlationId\":\"c\"", "\"correlationId\":\"c\",\"timeoutSeconds\":16")]
    [InlineData("\"correlationId\":\"c\"", "\"correlationId\":\"c\",\"contentType\":\"text/json\"")]
    [InlineData("\"correlationId\":\"c\"", "\"correlationId\":\"c\",\"notify\":true")]
    public void A_request_that_differs_in_anything_is_another(string part, string replacement)
    {
        var other = Original.Replace(part, replacement, StringComparison.Ordinal);

        Assert.NotEqual(Original, other);
        Assert.NotEqual(Fingerprint.Of(Parse.Valid(Original)), Fingerprint.Of(Parse.Valid(other)));
    }
}
