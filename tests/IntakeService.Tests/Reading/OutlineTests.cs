using System.Buffers;
using System.Text;
using System.Text.Json;
using Waybill.IntakeService.Submissions;
using Waybill.IntakeService.Tests.Submissions;
using Waybill.Notifications.Reading;

namespace Waybill.IntakeService.Tests.Reading;

/// <summary>What is judged of a body is small, whatever it holds; what is passed on stays as it is, wherever the body's pieces end.</summary>
public sealed class OutlineTests
{
    private const string Everything = """
        {"url":"https://example.com/h\u0061ok","method":"PUT","headers":{"X-A":"1","X-B":"two"},"payload":{"ä":[1,{"b":"c \u00fc"}], "d" : 1.50},
        "correlationId":"größe 🚚","timeoutSeconds":7,"retrySchedule":[1,20,300]}
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    public void A_body_in_pieces_is_read_as_one_in_one_piece(int pieceBytes)
    {
        var whole = Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Everything)));
        var pieces = Read(InPieces(Everything, pieceBytes));

        Assert.Empty(pieces.Errors.ToDictionary());
        Assert.Equal("""{"ä":[1,{"b":"c \u00fc"}],"d":1.50}""", Encoding.UTF8.GetString(pieces.Submission!.Request.Body!));
        Assert.Equal(Fingerprint.Of(whole.Submission!), Fingerprint.Of(pieces.Submission));
        Assert.Equal("größe 🚚", pieces.Submission.CorrelationId);
    }

    [Theory]
    [InlineData("payloadText", "ä\\u00fc\\n🚚", "äü\n🚚")]
    [InlineData("payloadBase64", "YWJj\\u0059w==", "abcc")]
    public void Texts_in_pieces_are_unescaped(string field, string json, string expected)
    {
        var (submission, _) = Read(InPieces(Parse.With($"\"{field}\":\"{json}\""), 1));

        Assert.Equal(expected, Encoding.UTF8.GetString(submission!.Request.Body!));
    }

    [Theory]
    [InlineData("\"url\":[0,0", ",0")]
    [InlineData("\"url\":[[0", ",[0]")]
    [InlineData("\"payload\":[0", ",0")]
    [InlineData("\"headers\":[0", ",{}")]
    [InlineData("\"other\":[[0],[{}", ",[0]")]
    public void Half_a_megabyte_of_JSON_is_a_small_document(string start, string filling)
    {
        var json = $"{{{start}{string.Concat(Enumerable.Repeat(filling, 512 * 1024 / filling.Length))}{new string(']', start.Count(letter => letter == '[') - start.Count(letter => letter == ']'))}}}";

        using var outline = JsonOutline.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json)), SubmissionParser.PassedOn);

        Assert.True(outline.Root.GetRawText().Length < 2048);
    }

    [Fact]
    public void Many_fields_and_many_headers_are_still_too_many()
    {
        var fields = string.Concat(Enumerable.Range(0, 10_000).Select(number => $",\"f{number}\":0"));
        var headers = string.Join(',', Enumerable.Range(0, 10_000).Select(number => $"\"X-{number}\":\"\""));

        Assert.Contains("$", Parse.Invalid($"{{\"url\":\"https://example.com/\"{fields}}}").ToDictionary().Keys);
        Assert.Contains("headers", Parse.Invalid(Parse.With($"\"headers\":{{{headers}}}")).ToDictionary().Keys);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\\u00fc")]
    [InlineData("\\ud83d\\ude9a")]
    [InlineData("\\ud83d")]
    [InlineData("ü")]
    [InlineData("\\\\")]
    public void A_text_that_is_far_too_long_is_too_long(string filling)
    {
        for (var offset = 0; offset < 12; offset++)
        {
            var text = new string('x', offset) + string.Concat(Enumerable.Repeat(filling, 60_000 / filling.Length));

            Assert.Contains("correlationId", Parse.Invalid(Parse.With($"\"correlationId\":\"{text}\"")).ToDictionary().Keys);
        }
    }

    [Theory]
    [InlineData("{}{}")]
    [InlineData("{\"a\":[0,0}")]
    [InlineData("{\"a\":[[[0]]")]
    [InlineData("{\"payload\":{\"a\"}}")]
    [InlineData("")]
    public void What_is_not_JSON_is_no_outline(string json) => Assert.ThrowsAny<JsonException>(() =>
        JsonOutline.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json)), SubmissionParser.PassedOn));

    private static (Submission? Submission, FieldErrors Errors) Read(ReadOnlySequence<byte> json)
    {
        using var outline = JsonOutline.Read(json, SubmissionParser.PassedOn);
        var errors = new FieldErrors();
        return (SubmissionParser.Parse(outline, Parse.Now, errors), errors);
    }

    private static ReadOnlySequence<byte> InPieces(string text, int bytes)
    {
        var pieces = Encoding.UTF8.GetBytes(text).Chunk(bytes).ToArray();
        var first = new Piece(pieces[0], null);
        var last = pieces.Skip(1).Aggregate(first, (before, piece) => new Piece(piece, before));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, Piece? before)
        {
            Memory = bytes;

            if (before is not null)
            {
                before.Next = this;
                RunningIndex = before.RunningIndex + before.Memory.Length;
            }
        }
    }
}
