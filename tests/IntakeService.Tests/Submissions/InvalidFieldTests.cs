using System.Text.Json;

namespace Waybill.IntakeService.Tests.Submissions;

/// <summary>Rules out that a wrong field is taken, or refused without its name and what is allowed.</summary>
public sealed class InvalidFieldTests
{
    [Theory]
    [InlineData("[]", "$", "must be a JSON object with the fields url, method")]
    [InlineData("\"text\"", "$", "must be a JSON object")]
    [InlineData("{}", "url", "is required: an absolute http or https URL")]
    [InlineData("""{"url":null}""", "url", "is required")]
    [InlineData("""{"url":5}""", "url", "must be an absolute http or https URL")]
    [InlineData("""{"url":"https://a.example","url":"https://b.example"}""", "url", "is given more than once")]
    [InlineData("""{"URL":"https://a.example"}""", "URL", "is not a known field. Known are: url, method, headers")]
    [InlineData("""{"\ud800":1}""", "$", "has a field whose name is not Unicode text")]
    public void A_wrong_body_is_named_with_what_is_allowed(string json, string field, string message) => AssertError(json, field, message);

    [Theory]
    [InlineData("")]
    [InlineData("example.com/hook")]
    [InlineData("/hook")]
    [InlineData("//example.com/hook")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://")]
    [InlineData("https:///hook")]
    [InlineData("https://exa mple.com", "white space")]
    [InlineData("https://example.com/a\\nb", "control characters")]
    [InlineData("https://example.com/\\u0000", "control characters")]
    [InlineData("https://example.com\\\\hook", "'\\'")]
    [InlineData("https://user:secret@example.com/", "must not hold a user name or password")]
    [InlineData("https://@example.com/", "must not hold a user name or password")]
    [InlineData("https://user@example.com:8443?q#f", "must not hold a user name or password")]
    [InlineData("https://example.com/#part", "must not have a fragment")]
    [InlineData("https://example.com:0/", "port from 1 to 65535")]
    [InlineData("https://example.com:70000/", "port from 1 to 65535")]
    [InlineData("https://[::1/")]
    [InlineData("https://\\ud800.example/")]
    public void A_wrong_url_is_refused(string url, string message = "must be an absolute http or https URL") =>
        AssertError($$"""{"url":"{{url}}"}""", "url", message);

    [Fact]
    public void A_url_of_more_than_2048_characters_is_refused()
    {
        var start = "https://example.com/";

        Parse.Valid($$"""{"url":"{{start.PadRight(2048, 'a')}}"}""");
        AssertError($$"""{"url":"{{start.PadRight(2049, 'a')}}"}""", "url", "at most 2048 characters");
        AssertError($$"""{"url":"{{start.PadRight(1000, 'ü')}}"}""", "url", "at most 2048 characters");
    }

    [Theory]
    [InlineData("\"post\"")]
    [InlineData("\"HEAD\"")]
    [InlineData("\"\"")]
    [InlineData("7")]
    public void A_wrong_method_is_refused(string method) =>
        AssertError(Parse.With($"\"method\":{method}"), "method", "must be one of POST, PUT, PATCH, DELETE, GET");

    [Theory]
    [InlineData("""{"correlationId":7}""", "correlationId", "must be a text of 1 to 128 characters")]
    [InlineData("""{"correlationId":""}""", "correlationId", "must be a text of 1 to 128 characters")]
    [InlineData("""{"correlationId":"a\u0007"}""", "correlationId", "without control characters")]
    [InlineData("""{"correlationId":"\udc00"}""", "correlationId", "must be a text of 1 to 128 characters")]
    [InlineData("""{"timeoutSeconds":0}""", "timeoutSeconds", "must be a whole number from 1 to 30")]
    [InlineData("""{"timeoutSeconds":31}""", "timeoutSeconds", "must be a whole number from 1 to 30")]
    [InlineData("""{"timeoutSeconds":1.5}""", "timeoutSeconds", "must be a whole number from 1 to 30")]
    [InlineData("""{"url":"https://\ud800.example/"}""", "url", "is given more than once")]
    [InlineData("""{"method":"\ud800"}""", "method", "must be one of")]
    [InlineData("""{"contentType":"\ud800"}""", "contentType", "must be a media type")]
    [InlineData("""{"deliverAt":"\ud800"}""", "deliverAt", "must be a time")]
    [InlineData("""{"timeoutSeconds":1e999999999999}""", "timeoutSeconds", "must be a whole number from 1 to 30")]
    [InlineData("""{"timeoutSeconds":1e400}""", "timeoutSeconds", "must be a whole number from 1 to 30")]
    [InlineData("""{"timeoutSeconds":"15"}""", "timeoutSeconds", "must be a whole number from 1 to 30")]
    [InlineData("""{"retrySchedule":5}""", "retrySchedule", "must be an array of at most 20 delays in whole seconds")]
    [InlineData("""{"retrySchedule":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]}""", "retrySchedule", "at most 20 delays")]
    [InlineData("""{"retrySchedule":[1,2,3,-1]}""", "retrySchedule[3]", "must be a whole number of seconds from 0 to 86400")]
    [InlineData("""{"retrySchedule":[86401]}""", "retrySchedule[0]", "must be a whole number of seconds from 0 to 86400")]
    [InlineData("""{"retrySchedule":["5"]}""", "retrySchedule[0]", "must be a whole number of seconds")]
    [InlineData("""{"notify":"true"}""", "notify", "must be true or false")]
    [InlineData("""{"notify":1}""", "notify", "must be true or false")]
    [InlineData("""{"deliverAt":1893484800}""", "deliverAt", "must be a time as RFC 3339 has it")]
    [InlineData("""{"deliverAt":"2030-02-01"}""", "deliverAt", "must be a time as RFC 3339 has it")]
    [InlineData("""{"deliverAt":"2030-02-01T08:00:00"}""", "deliverAt", "with its offset")]
    [InlineData("""{"deliverAt":"2030-02-30T08:00:00Z"}""", "deliverAt", "must be a time as RFC 3339 has it")]
    [InlineData("""{"deliverAt":"2030-02-01T24:00:00Z"}""", "deliverAt", "must be a time as RFC 3339 has it")]
    [InlineData("""{"deliverAt":"2030-02-01T08:00:00Z\n"}""", "deliverAt", "must be a time as RFC 3339 has it")]
    [InlineData("""{"deliverAt":"0001-01-01T00:00:00+14:00"}""", "deliverAt", "must be a time as RFC 3339 has it")]
    [InlineData("""{"deliverAt":"2031-01-31T08:00:00.001Z"}""", "deliverAt", "must be at most one year ahead")]
    public void A_wrong_option_is_named_with_what_is_allowed(string option, string field, string message) =>
        AssertError(Parse.With(option[1..^1]), field, message);

    [Fact]
    public void One_answer_names_every_wrong_field()
    {
        var errors = Parse.Invalid(
            """{"url":"nowhere","method":"HEAD","headers":{"Host":"a","X Y":"b"},"payload":1,"payloadText":"2","timeoutSeconds":99,"retrySchedule":[-1,5,-2],"colour":"red"}""");

        Assert.Equal(
            ["colour", "headers.Host", "headers.X Y", "method", "payload", "payloadText", "retrySchedule[0]", "retrySchedule[2]", "timeoutSeconds", "url"],
            errors.ToDictionary().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_answer_stays_small_whatever_the_request_holds()
    {
        var unknown = string.Join(',', Enumerable.Range(0, 10_000).Select(number => $"\"f{number}\":1"));
        var errors = Parse.Invalid($$"""{{{unknown}},"{{new string('x', 100_000)}}":1}""").ToDictionary();

        Assert.InRange(errors.Count, 1, 65);
        Assert.Contains("More fields are wrong", errors["$"].Single());
        Assert.All(errors.Keys, key => Assert.InRange(key.Length, 1, 161));
    }

    [Fact]
    public void A_long_name_is_not_cut_within_a_character()
    {
        var errors = Parse.Invalid($$"""{"{{new string('x', 159)}}😀y":1}""").ToDictionary();

        Assert.Contains($"{new string('x', 159)}…", errors.Keys);
        Assert.Contains("xxx", JsonSerializer.Serialize(errors));
    }

    internal static void AssertError(string json, string field, string message)
    {
        var errors = Parse.Invalid(json).ToDictionary();
        var found = Assert.Contains(field, errors);
        Assert.Contains(found, text => text.Contains(message, StringComparison.Ordinal));
    }
}
