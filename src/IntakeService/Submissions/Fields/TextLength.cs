namespace Waybill.IntakeService.Submissions.Fields;

/// <summary>Lengths as JSON Schema counts them, and so the published document: in Unicode code points, of which an emoji is one.</summary>
internal static class TextLength
{
    /// <param name="text">Without half of a surrogate pair.</param>
    public static int CodePoints(this string text) => text.Length - text.Count(char.IsHighSurrogate);
}
