namespace Amazon.SQS.Model;

/// <summary>Collections that were not set are null unless the application asks the SDK for empty ones, as everywhere in SDK v4.</summary>
internal static class New
{
    internal static List<T> List<T>() => AWSConfigs.InitializeCollections ? [] : null;

    internal static Dictionary<string, T> Map<T>() => AWSConfigs.InitializeCollections ? [] : null;
}
