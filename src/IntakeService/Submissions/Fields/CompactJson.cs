namespace Waybill.IntakeService.Submissions.Fields;

/// <summary>Removes the white space between JSON tokens and keeps every other byte: the spelling of numbers, escapes, order and repeats.</summary>
internal static class CompactJson
{
    /// <param name="json">Valid JSON.</param>
    public static byte[] Of(ReadOnlySpan<byte> json)
    {
        var compact = new byte[json.Length];
        var length = 0;
        var inText = false;
        var escaped = false;

        foreach (var character in json)
        {
            if (!inText && character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }

            compact[length++] = character;

            // A quote opens a text, and ends it unless a backslash stands before it.
            inText = character == '"' && !escaped ? !inText : inText;
            escaped = inText && character == '\\' && !escaped;
        }

        return compact[..length];
    }
}
