// Each collection runs a whole Waybill of some twenty processes: one after the other keeps small build machines responsive.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
