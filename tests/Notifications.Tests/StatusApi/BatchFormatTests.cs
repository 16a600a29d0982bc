using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;
using Waybill.Notifications.StatusApi.Batching;

namespace Waybill.Notifications.Tests.StatusApi;

public sealed class BatchFormatTests
{
    private const string Traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Theory]
    [InlineData("accept", "ntf_1", Traceparent, false, """{"id":"x","n":[1,2.50,{"deep":null}]}""")]
    [InlineData("queued", "ntf_1", null, true, null)]
    [InlineData("claim", "", null, false, """{"worker":"wörker-\ud83d\ude80 日本"}""")]
    [InlineData("päth \"quoted\" \\ +&<>", "öd \"quoted\" \\ +&<>/", Traceparent, true, """ { "spaced" : "first\nsecond\r\nthird" } """)]
    [InlineData("accept", "ntf_1", null, false, "null")]
    [InlineData("accept", "ntf_1", null, false, "\"body\"")]
    public void A_call_is_read_as_it_was_written(string transition, string id, string? traceparent, bool minimal, string? body)
    {
        var line = Line(writer => BatchFormat.WriteCall(writer, new BatchedCall(transition, id, traceparent, minimal, Bytes(body) ?? default)));

        var call = BatchFormat.ReadCall(line);

        Assert.Equal((transition, id, traceparent, minimal), (call.Transition, call.Id, call.Traceparent, call.Minimal));
        Assert.Equal(body?.Trim() ?? "", Text(call.Body));
    }

    [Theory]
    [InlineData(0, 200, false, null)]
    [InlineData(63, 409, false, """{"id":"ntf_1","title":"über\nzwei Zeilen"}""")]
    [InlineData(1, 503, true, null)]
    [InlineData(2, 503, false, """{"status":503,"call":7,"nothingWritten":true}""")]
    public void An_answer_is_read_as_it_was_written(int number, int status, bool nothingWritten, string? body)
    {
        var line = Line(writer => BatchFormat.WriteAnswer(writer, number, status, nothingWritten, Bytes(body)));

        var (call, answer) = BatchFormat.ReadAnswer(line);

        Assert.Equal((number, (HttpStatusCode)status, nothingWritten), (call, answer.Status, answer.NothingWritten));
        Assert.Equal(body ?? "", Text(answer.Body));
    }

    [Fact]
    public void A_call_without_a_body_has_no_member_for_it() => Assert.Equal(
        """{"transition":"a","id":"b","minimal":true}""",
        Text(Line(writer => BatchFormat.WriteCall(writer, new BatchedCall("a", "b", null, Minimal: true, default)))));

    [Fact]
    public void One_writer_writes_line_after_line()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = BatchFormat.CreateWriter(buffer);

        foreach (var call in Enumerable.Range(0, 2))
        {
            BatchFormat.WriteAnswer(writer, call, 200, nothingWritten: false, Bytes("{}"));
            BatchFormat.EndLine(writer, buffer);
        }

        Assert.Equal("{\"call\":0,\"status\":200,\"body\":{}}\n{\"call\":1,\"status\":200,\"body\":{}}\n", Text(buffer.WrittenMemory));
    }

    [Fact]
    public void Members_of_a_later_version_are_passed_over_wherever_they_are()
    {
        var call = BatchFormat.ReadCall(Encoding.UTF8.GetBytes("""{"a":{"id":"no","body":[1]},"transition":"t","b":[[{}]],"id":"i","path":"/p","body":{"x":1},"c":null,"minimal":true,"d":"e"}"""));
        var (number, answer) = BatchFormat.ReadAnswer(Encoding.UTF8.GetBytes("""{"a":[{"call":9}],"status":404,"b":"c","call":3,"body":{"y":2},"d":false}"""));

        Assert.Equal(("t", "i", null, true, """{"x":1}"""), (call.Transition, call.Id, call.Traceparent, call.Minimal, Text(call.Body)));
        Assert.Equal((3, HttpStatusCode.NotFound, """{"y":2}"""), (number, answer.Status, Text(answer.Body)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""["transition","t","id","i"]""")]
    [InlineData("{}")]
    [InlineData("""{"id":"i"}""")]
    [InlineData("""{"transition":"t"}""")]
    [InlineData("""{"id":"i","transition":null}""")]
    [InlineData("""{"id":null,"transition":"t"}""")]
    [InlineData("""{"id":"i","transition":5}""")]
    [InlineData("""{"id":"i","transition":{"transition":"t"}}""")]
    [InlineData("""{"id":"\ud800","transition":"t"}""")]
    [InlineData("""{"id":"i","transition":"t","minimal":"yes"}""")]
    [InlineData("""{"id":"i","transition":"t","traceparent":7}""")]
    [InlineData("""{"id":"i","transition":"t","body":{"x":}}""")]
    [InlineData("""{"id":"i","transition":"t","body":{"x":1}""")]
    [InlineData("""{"id":"i","transition":"t"} {"id":"j","transition":"t"}""")]
    public void What_is_no_call_is_a_JsonException(string line) => Assert.ThrowsAny<JsonException>(() => BatchFormat.ReadCall(Encoding.UTF8.GetBytes(line)));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"call":0}""")]
    [InlineData("""{"status":200}""")]
    [InlineData("""{"call":-1,"status":200}""")]
    [InlineData("""{"call":0.5,"status":200}""")]
    [InlineData("""{"call":99999999999,"status":200}""")]
    [InlineData("""{"call":"0","status":200}""")]
    [InlineData("""{"call":0,"status":200,"nothingWritten":1}""")]
    [InlineData("""{"call":0,"status":200,"body":{"id":"ntf_""")]
    [InlineData("""{"call":0,"status":200}}""")]
    public void What_is_no_answer_is_a_JsonException(string line) => Assert.ThrowsAny<JsonException>(() => BatchFormat.ReadAnswer(Encoding.UTF8.GetBytes(line)));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Lines_are_whole_however_the_bytes_come(int bytesAtATime)
    {
        string[] lines = ["""{"id":"ä"}""", "", """{"id":"日本","body":{"x":"a\nb"}}""", "last"];
        var pipe = new Pipe();
        var reading = ReadAll(pipe.Reader);

        foreach (var part in Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n").Chunk(bytesAtATime))
        {
            await pipe.Writer.WriteAsync(part);
        }

        await pipe.Writer.CompleteAsync();
        Assert.Equal(lines, await reading);
    }

    [Fact]
    public async Task A_line_that_spans_segments_of_the_pipe_is_one_line()
    {
        // A segment has at least that many bytes; the pipe holds several of them.
        var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 16, pauseWriterThreshold: 0, useSynchronizationContext: false));
        var lines = Enumerable.Range(0, 5).Select(number => new string((char)('a' + number), 10_000)).ToList();

        foreach (var line in lines)
        {
            pipe.Writer.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }

        await pipe.Writer.CompleteAsync();
        Assert.Equal(lines, await ReadAll(pipe.Reader));
    }

    [Fact]
    public async Task The_last_line_needs_no_end() =>
        Assert.Equal(["one", "two"], await ReadAll(PipeReader.Create(new MemoryStream("one\ntwo"u8.ToArray()))));

    [Fact]
    public async Task Nothing_has_no_lines() => Assert.Empty(await ReadAll(PipeReader.Create(new MemoryStream())));

    private static async Task<List<string>> ReadAll(PipeReader reader)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var lines = new List<string>();

        await foreach (var line in BatchFormat.ReadLinesAsync(reader, deadline.Token))
        {
            lines.Add(Text(line));
        }

        return lines;
    }

    private static ReadOnlyMemory<byte> Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = BatchFormat.CreateWriter(buffer);
        write(writer);
        BatchFormat.EndLine(writer, buffer);

        var line = buffer.WrittenMemory;
        Assert.Equal(line.Length - 1, line.Span.IndexOf((byte)'\n'));
        return line[..^1];
    }

    private static ReadOnlyMemory<byte>? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
