using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Waybill.IntakeService.Submissions;
using Waybill.IntakeService.Submissions.Fields;

namespace Waybill.Micro;

/// <summary>What a client's request goes through.</summary>
public class IntakeBenchmarks
{
    private readonly byte[] _json = Samples.SubmissionJson;

    [Benchmark]
    public object? ParseRequest()
    {
        using var document = JsonDocument.Parse(_json);
        return SubmissionParser.Parse(document.RootElement, Samples.Now, new FieldErrors());
    }
}
