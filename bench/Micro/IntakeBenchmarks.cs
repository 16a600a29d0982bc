using System.Buffers;
using BenchmarkDotNet.Attributes;
using Waybill.IntakeService.Submissions;
using Waybill.Notifications.Reading;

namespace Waybill.Micro;

/// <summary>What a client's request goes through.</summary>
public class IntakeBenchmarks
{
    private readonly byte[] _json = Samples.SubmissionJson;

    [Benchmark]
    public object? ParseRequest()
    {
        using var json = JsonOutline.Read(new ReadOnlySequence<byte>(_json), SubmissionParser.PassedOn);
        return SubmissionParser.Parse(json, Samples.Now, new FieldErrors());
    }
}
