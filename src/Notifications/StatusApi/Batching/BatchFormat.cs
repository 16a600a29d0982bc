using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Waybill.Notifications.StatusApi.Batching;

/// <summary>
/// Calls to the internal API, one or many in a request, as lines of JSON: <c>{"transition":…,"id":…,"traceparent":…,"minimal":true,"body":{…}}</c>
/// each, and for each <c>{"call":0,"status":200,"body":{…}}</c> with its position in the request, in the order in which they are done. A
/// minimal one gets no body with 200, as with RFC 7240's <c>return=minimal</c>. Members of another release are passed over.
/// </summary>
public static class BatchFormat
{
    public const string MediaType = "application/x-ndjson";

    private static readonly JsonWriterOptions WriterOptions = new() { SkipValidation = true };

    private static ReadOnlySpan<byte> Transition => "transition"u8;

    private static ReadOnlySpan<byte> Id => "id"u8;

    private static ReadOnlySpan<byte> Traceparent => "traceparent"u8;

    private static ReadOnlySpan<byte> Minimal => "minimal"u8;

    private static ReadOnlySpan<byte> Body => "body"u8;

    private static ReadOnlySpan<byte> Call => "call"u8;

    private static ReadOnlySpan<byte> Status => "status"u8;

    private static ReadOnlySpan<byte> NothingWritten => "nothingWritten"u8;

    /// <summary>A writer of lines into <paramref name="buffer"/>.</summary>
    public static Utf8JsonWriter CreateWriter(IBufferWriter<byte> buffer) => new(buffer, WriterOptions);

    public static void WriteCall(Utf8JsonWriter writer, BatchedCall call)
    {
        writer.WriteStartObject();
        writer.WriteString(Transition, call.Transition);
        writer.WriteString(Id, call.Id);

        if (call.Traceparent is not null)
        {
            writer.WriteString(Traceparent, call.Traceparent);
        }

        if (call.Minimal)
        {
            writer.WriteBoolean(Minimal, true);
        }

        WriteBody(writer, call.Body);
        writer.WriteEndObject();
    }

    /// <param name="call">Its position in the request, from 0.</param>
    /// <param name="body">JSON; null for none.</param>
    public static void WriteAnswer(Utf8JsonWriter writer, int call, int status, bool nothingWritten, ReadOnlyMemory<byte>? body)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Call, call);
        writer.WriteNumber(Status, status);

        if (nothingWritten)
        {
            writer.WriteBoolean(NothingWritten, true);
        }

        WriteBody(writer, body);
        writer.WriteEndObject();
    }

    public static void EndLine(Utf8JsonWriter writer, IBufferWriter<byte> buffer)
    {
        writer.Flush();
        writer.Reset();
        buffer.Write("\n"u8);
    }

    /// <exception cref="JsonException">It is no such line.</exception>
    public static BatchedCall ReadCall(ReadOnlyMemory<byte> line) => Read(line, ParseCall);

    /// <exception cref="JsonException">It is no such line.</exception>
    internal static (int Call, StatusResponse Answer) ReadAnswer(ReadOnlyMemory<byte> line) => Read(line, ParseAnswer);

    private static T Read<T>(ReadOnlyMemory<byte> line, Func<ReadOnlyMemory<byte>, T> parse)
    {
        try
        {
            return parse(line);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            // How the reader says that a value is of another kind than was asked for.
            throw new JsonException(exception.Message, exception);
        }
    }

    private static BatchedCall ParseCall(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span);
        string? transition = null;
        string? id = null;
        string? traceparent = null;
        var minimal = false;
        ReadOnlyMemory<byte> body = default;
        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(Transition))
            {
                reader.Read();
                transition = reader.GetString();
            }
            else if (reader.ValueTextEquals(Id))
            {
                reader.Read();
                id = reader.GetString();
            }
            else if (reader.ValueTextEquals(Traceparent))
            {
                reader.Read();
                traceparent = reader.GetString();
            }
            else if (reader.ValueTextEquals(Minimal))
            {
                reader.Read();
                minimal = reader.GetBoolean();
            }
            else
            {
                ReadBody(ref reader, line, ref body);
            }
        }

        CheckEnd(ref reader);
        return new BatchedCall(
            transition ?? throw new JsonException("A call without a 'transition'."),
            id ?? throw new JsonException("A call without an 'id'."),
            traceparent,
            minimal,
            body);
    }

    private static (int Call, StatusResponse Answer) ParseAnswer(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span);
        var call = -1;
        var status = 0;
        var nothingWritten = false;
        ReadOnlyMemory<byte> body = default;
        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(Call))
            {
                reader.Read();
                call = reader.GetInt32();
            }
            else if (reader.ValueTextEquals(Status))
            {
                reader.Read();
                status = reader.GetInt32();
            }
            else if (reader.ValueTextEquals(NothingWritten))
            {
                reader.Read();
                nothingWritten = reader.GetBoolean();
            }
            else
            {
                ReadBody(ref reader, line, ref body);
            }
        }

        CheckEnd(ref reader);

        if (call < 0 || status == 0)
        {
            throw new JsonException("An answer without a call or a status.");
        }

        return (call, new StatusResponse((HttpStatusCode)status, body, nothingWritten));
    }

    /// <summary>Each line without its end, which the last may lack, in memory of its own.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLinesAsync(
        PipeReader reader,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;

            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                yield return buffer.Slice(0, end).ToArray();
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            if (read.IsCompleted && !buffer.IsEmpty)
            {
                yield return buffer.ToArray();
                buffer = buffer.Slice(buffer.End);
            }

            reader.AdvanceTo(buffer.Start, buffer.End);

            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    /// <summary>The reader must be at the end of an object with nothing after it.</summary>
    private static void CheckEnd(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
        {
            throw new JsonException("A line that is not one object.");
        }
    }

    private static void WriteBody(Utf8JsonWriter writer, ReadOnlyMemory<byte>? body)
    {
        if (body is { Length: > 0 } json)
        {
            writer.WritePropertyName(Body);
            writer.WriteRawValue(json.Span, skipInputValidation: true);
        }
    }

    /// <summary>The value of the property that the reader is at: kept if it is the body, else passed over.</summary>
    private static void ReadBody(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line, ref ReadOnlyMemory<byte> body)
    {
        var isBody = reader.ValueTextEquals(Body);
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();

        if (isBody)
        {
            body = line[start..(int)reader.BytesConsumed];
        }
    }
}

/// <summary>One call of a request.</summary>
/// <param name="Transition">One of the names of <see cref="StatusClient"/>.</param>
/// <param name="Id">The notification's.</param>
/// <param name="Traceparent">The span of the one who asks; null for none.</param>
/// <param name="Minimal">No body is wanted with 200.</param>
/// <param name="Body">JSON; empty for none.</param>
public sealed record BatchedCall(string Transition, string Id, string? Traceparent, bool Minimal, ReadOnlyMemory<byte> Body);
