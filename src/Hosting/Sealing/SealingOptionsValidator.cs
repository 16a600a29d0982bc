using System.Buffers;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Sealing;

namespace Waybill.Hosting.Sealing;

/// <summary>Its messages name the setting and never the key.</summary>
internal sealed class SealingOptionsValidator : IValidateOptions<SealingOptions>
{
    private const int MaxKeys = 5;
    private const int MaxIdLength = 32;

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public ValidateOptionsResult Validate(string? name, SealingOptions options)
    {
        string[] errors = [.. Errors(options.Keys)];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <returns>Null when it is none.</returns>
    public static byte[]? Parse(string key)
    {
        var buffer = new byte[key.Length];
        return Convert.TryFromBase64String(key, buffer, out var length) && length == Sealer.KeyBytes ? buffer[..length] : null;
    }

    private static IEnumerable<string> Errors(List<SealingKeyOptions> keys)
    {
        const string Section = $"{SealingOptions.SectionName}:Keys";

        if (keys.Count > MaxKeys)
        {
            yield return $"{Section} must hold at most {MaxKeys} keys, not {keys.Count}.";
        }

        foreach (var (index, key) in keys.Index())
        {
            if (key.Id.Length is 0 or > MaxIdLength || key.Id.AsSpan().ContainsAnyExcept(IdCharacters))
            {
                yield return $"{Section}:{index}:Id must be 1 to {MaxIdLength} letters, digits, '.', '_' or '-'.";
            }

            if (Parse(key.Key) is null)
            {
                yield return $"{Section}:{index}:Key must be the base 64 of {Sealer.KeyBytes} bytes.";
            }

            if (keys.FindIndex(other => other.Id == key.Id) < index)
            {
                yield return $"{Section}:{index}:Id is that of another key; each has its own.";
            }
        }
    }
}
