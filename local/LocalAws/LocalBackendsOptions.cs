namespace Waybill.LocalAws;

public sealed record LocalBackendsOptions
{
    /// <summary>Where both emulators keep their data, made when absent. Default: null, in memory, gone with the process.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The port that the DynamoDB emulator listens on. Default: null, a free one.</summary>
    public int? DynamoDbPort { get; init; }

    /// <summary>The port that the SQS emulator listens on. Default: null, a free one.</summary>
    public int? SqsPort { get; init; }

    /// <summary>Gets a line when something takes time, such as the first install.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Where the emulators are installed.</summary>
    public LocalToolsOptions Tools { get; init; } = new();
}
