using System.CommandLine;
using System.Text.Json;

namespace Waybill.Cli.Input;

/// <summary>What is sent to the receiver: JSON, text or bytes; from the command line, a file or standard input.</summary>
internal sealed class PayloadOptions
{
    private const string StandardInput = "-";

    private readonly Option<string?> _json = new("--data", "-d") { Description = "JSON to send; @FILE for a file's, - for standard input's." };
    private readonly Option<string?> _text = new("--text") { Description = "Text to send; @FILE for a file's, - for standard input's." };
    private readonly Option<FileInfo?> _bytes = new("--bytes") { Description = "File to send, byte for byte." };
    private readonly Option<string?> _contentType = new("--content-type") { Description = "Default: application/json, text/plain or application/octet-stream." };

    public void AddTo(Command command)
    {
        command.Options.Add(_json);
        command.Options.Add(_text);
        command.Options.Add(_bytes);
        command.Options.Add(_contentType);
        command.Validators.Add(result =>
        {
            if (new Option[] { _json, _text, _bytes }.Count(option => result.GetResult(option) is not null) > 1)
            {
                result.AddError("Give at most one of --data, --text and --bytes.");
            }
        });
    }

    /// <exception cref="InputException">A file cannot be read, or is not JSON.</exception>
    public async Task<GivenPayload> ReadAsync(ParseResult parsed, CancellationToken cancellationToken) => new()
    {
        Json = parsed.GetValue(_json) is { } json ? Json(await ReadAsync(json, cancellationToken)) : null,
        Text = parsed.GetValue(_text) is { } text ? await ReadAsync(text, cancellationToken) : null,
        Base64 = parsed.GetValue(_bytes) is { } file ? Convert.ToBase64String(await BytesAsync(file.FullName, cancellationToken)) : null,
        ContentType = parsed.GetValue(_contentType),
    };

    private static async Task<string> ReadAsync(string source, CancellationToken cancellationToken)
    {
        if (source == StandardInput)
        {
            return await Console.In.ReadToEndAsync(cancellationToken);
        }

        return source.StartsWith('@') ? System.Text.Encoding.UTF8.GetString(await BytesAsync(source[1..], cancellationToken)) : source;
    }

    private static async Task<byte[]> BytesAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException(exception.Message);
        }
    }

    private static JsonElement Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new InputException($"--data must be JSON (for other text use --text): {exception.Message}");
        }
    }
}

/// <summary>What was given; at most one of the three payloads.</summary>
internal sealed record GivenPayload
{
    public JsonElement? Json { get; init; }

    public string? Text { get; init; }

    public string? Base64 { get; init; }

    public string? ContentType { get; init; }
}
