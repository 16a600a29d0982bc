namespace SampleLibrary;

/// <summary>Shared by the AppHost and its tests, which shows that a plain library stays a plain reference.</summary>
public static class ResourceNames
{
    public const string Store = "store";
    public const string Setup = "setup";
    public const string Api = "api";
    public const string Front = "front";
}
