using System.Text;
using System.Text.Json;

namespace Waybill.IntakeService.Tests.Submissions;

public sealed class PayloadTests
{
    private const int Limit = 256 * 1024;

    [Theory]
    [InlineData("{ }", "{}")]
    [InlineData(" [ 1 , 2 ,\r\n\t3 ] ", "[1,2,3]")]
    [InlineData("1.0", "1.0")]
    [InlineData("1E+2", "1E+2")]
    [InlineData("-0", "-0")]
    [InlineData("123456789012345678901234567890.000", "123456789012345678901234567890.000")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\" a  b \"", "\" a  b \"")]
    [InlineData(""" "\u00e9\/\n\\" """, """
        "\u00e9\/\n\\"
        """)]
    [InlineData(""" { "a\\" : "b\" : c" , "" : [ "\\\\" , " " ] } """, """{"a\\":"b\" : c","":["\\\\"," "]}""")]
    [InlineData(""" "\ud800" """, "\"\\ud800\"")]
    [InlineData("""{"a":1, "a":2}""", """{"a":1,"a":2}""")]
    [InlineData("[null, \"grüße 😀\"]", "[null,\"grüße 😀\"]")]
    public void Json_is_sent_byte_for_byte_without_the_white_space_between_tokens(string payload, string sent)
    {
        var request = Parse.Valid(Parse.With($"\"payload\":{payload}")).Request;

        Assert.Equal(sent, Encoding.UTF8.GetString(request.Body!));
        Assert.Equal("application/json", request.ContentType);
    }

    [Theory]
    [InlineData("grüße\\n 😀", "grüße\n 😀")]
    [InlineData("", "")]
    public void Text_is_sent_as_utf8(string text, string sent)
    {
        var request = Parse.Valid(Parse.With($"\"payloadText\":\"{text}\"")).Request;

        Assert.Equal(sent, Encoding.UTF8.GetString(request.Body!));
        Assert.Equal("text/plain; charset=utf-8", request.ContentType);
    }

    [Fact]
    public void Bytes_are_sent_decoded()
    {
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var request = Parse.Valid(Parse.With($"\"payloadBase64\":\"{Convert.ToBase64String(bytes)}\"")).Request;

        Assert.Equal(bytes, request.Body);
        Assert.Equal("application/octet-stream", request.ContentType);
    }

    [Fact]
    public void Without_a_payload_there_is_neither_body_nor_content_type()
    {
        var request = Parse.Valid(Parse.With("\"payloadText\":null,\"payloadBase64\":null,\"contentType\":null")).Request;

        Assert.Null(request.Body);
        Assert.Null(request.ContentType);
    }

    [Theory]
    [InlineData("\"payload\":null,\"payloadText\":\"a\"", "a")]
    [InlineData("\"payload\":null,\"payloadBase64\":\"YQ==\"", "a")]
    [InlineData("\"payload\":null,\"payloadText\":null,\"payloadBase64\":null", "null")]
    [InlineData("\"payload\":null,\"method\":\"GET\"", null)]
    public void A_payload_of_null_counts_as_left_out_only_beside_another_and_with_GET(string fields, string? sent)
    {
        var request = Parse.Valid(Parse.With(fields)).Request;

        Assert.Equal(sent, request.Body is null ? null : Encoding.UTF8.GetString(request.Body));
    }

    [Fact]
    public void A_payload_of_null_may_have_a_content_type_of_its_own() =>
        Assert.Equal("application/merge-patch+json", Parse.Valid(Parse.With("\"payload\":null,\"contentType\":\"application/merge-patch+json\"")).Request.ContentType);

    [Theory]
    [InlineData("application/xml")]
    [InlineData("application/vnd.example+json; charset=utf-8; version=\"1\"")]
    public void The_content_type_is_sent_as_given(string contentType)
    {
        var fields = $"\"payloadText\":\"a\",\"contentType\":{JsonSerializer.Serialize(contentType)}";
        Assert.Equal(contentType, Parse.Valid(Parse.With(fields)).Request.ContentType);
    }

    [Theory]
    [InlineData("""{"payload":1,"payloadText":"a"}""", "payloadText", "must be the only one given of payload, payloadText, payloadBase64")]
    [InlineData("""{"payload":1,"payloadBase64":"YQ=="}""", "payload", "must be the only one given")]
    [InlineData("""{"payloadText":5}""", "payloadText", "must be a text")]
    [InlineData("""{"payloadText":"\ud800"}""", "payloadText", "must be a text")]
    [InlineData("""{"payloadBase64":5}""", "payloadBase64", "must be a text in Base64")]
    [InlineData("""{"payloadBase64":"YQ"}""", "payloadBase64", "must be a text in Base64")]
    [InlineData("""{"payloadBase64":"_-8="}""", "payloadBase64", "must be a text in Base64")]
    [InlineData("""{"contentType":"text/plain"}""", "contentType", "must be left out without a payload")]
    [InlineData("""{"payload":1,"contentType":5}""", "contentType", "must be a media type")]
    [InlineData("""{"payload":1,"contentType":"json"}""", "contentType", "must be a media type")]
    [InlineData("""{"payload":1,"contentType":"*/*"}""", "contentType", "must be a media type")]
    [InlineData("""{"payload":1,"contentType":"text/plain\r\nX: y"}""", "contentType", "must be a media type")]
    [InlineData("""{"payload":1,"contentType":"text/plain, text/html"}""", "contentType", "must be a media type")]
    [InlineData("""{"payload":1,"contentType":""}""", "contentType", "must be a media type")]
    [InlineData("""{"method":"GET","payload":1}""", "payload", "must be left out with the method GET")]
    [InlineData("""{"method":"GET","payloadText":""}""", "payloadText", "must be left out with the method GET")]
    public void A_wrong_payload_is_named_with_what_is_allowed(string fields, string field, string message) =>
        InvalidFieldTests.AssertError(Parse.With(fields[1..^1]), field, message);

    [Fact]
    public void A_payload_may_have_256_KiB_as_it_is_sent_and_no_more()
    {
        Parse.Valid(Parse.With($"\"payloadText\":\"{new string('a', Limit)}\""));
        Parse.Valid(Parse.With($"\"payload\": [ \"{new string('a', Limit - 4)}\" ]"));
        Parse.Valid(Parse.With($"\"payloadBase64\":\"{Convert.ToBase64String(new byte[Limit])}\""));

        AssertTooLarge("payloadText", $"\"{new string('a', Limit - 1)}ü\"");
        AssertTooLarge("payload", $"[\"{new string('a', Limit - 3)}\"]");
        AssertTooLarge("payloadBase64", $"\"{Convert.ToBase64String(new byte[Limit + 1])}\"");
    }

    private static void AssertTooLarge(string field, string payload)
    {
        var errors = Parse.Invalid(Parse.With($"\"{field}\":{payload}"));

        Assert.True(errors.TooLarge);
        Assert.Contains($"it is {Limit + 1}", errors.ToDictionary()[field].Single());
    }
}
