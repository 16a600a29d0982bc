using System.Buffers;
using System.Text;
using Waybill.IntakeService.Submissions;
using Waybill.Notifications.Reading;

namespace Waybill.IntakeService.Tests.Submissions;

internal static class Parse
{
    public static readonly DateTimeOffset Now = new(2030, 1, 31, 8, 0, 0, TimeSpan.Zero);

    public static Submission Valid(string json)
    {
        var (submission, errors) = Run(json);
        Assert.Empty(errors.ToDictionary());
        Assert.NotNull(submission);
        return submission;
    }

    public static FieldErrors Invalid(string json)
    {
        var (submission, errors) = Run(json);
        Assert.Null(submission);
        return errors;
    }

    /// <summary>A body with a valid URL and this besides.</summary>
    public static string With(string fields) => $$"""{"url":"https://example.com/hook",{{fields}}}""";

    private static (Submission? Submission, FieldErrors Errors) Run(string json)
    {
        using var outline = JsonOutline.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json)), SubmissionParser.PassedOn);
        var errors = new FieldErrors();
        return (SubmissionParser.Parse(outline, Now, errors), errors);
    }
}
