using System.Buffers;
using System.Text;
using System.Text.Json;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;

namespace Waybill.StatusService.Queries.Export;

/// <summary>How an export is written, a line for each notification.</summary>
internal abstract class ExportFormat(string name, string contentType)
{
    /// <summary>The default comes first.</summary>
    public static IReadOnlyList<ExportFormat> All { get; } = [new NdjsonFormat(), new CsvFormat()];

    /// <summary>As the parameter says it.</summary>
    public string Name => name;

    public string ContentType => contentType;

    /// <summary>What stands before the first line.</summary>
    public virtual void Begin(IBufferWriter<byte> output)
    {
    }

    public abstract void Write(IBufferWriter<byte> output, NotificationView notification);

    /// <summary>One that is stored, but cannot be read: left out without a word, it would seem not to be there.</summary>
    public abstract void Write(IBufferWriter<byte> output, UnreadableView unreadable);

    protected static void Write(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);

    /// <summary>A JSON object a line, each as the list has it.</summary>
    private sealed class NdjsonFormat() : ExportFormat("ndjson", "application/x-ndjson")
    {
        public override void Write(IBufferWriter<byte> output, NotificationView notification)
        {
            using (var writer = new Utf8JsonWriter(output))
            {
                JsonSerializer.Serialize(writer, notification, NotificationsJson.Default.NotificationView);
            }

            Write(output, "\n");
        }

        public override void Write(IBufferWriter<byte> output, UnreadableView unreadable)
        {
            using (var writer = new Utf8JsonWriter(output))
            {
                writer.WriteStartObject();
                writer.WriteString("id", unreadable.Id);
                writer.WriteStartObject("unreadable");
                writer.WriteString("reason", unreadable.Reason);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            Write(output, "\n");
        }
    }
}
