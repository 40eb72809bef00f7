/**
 * Facts that the published declarations leave out: how Kubernetes' own Go types hold each field.
 *
 * One line per type, one word per field that differs from the rule. The rule: an optional field is left out when it is
 * empty (0, '', false, [] or {} included), an optional object is absent rather than empty, numbers are int32, a list is
 * replaced as a whole by a strategic merge and owned as a whole by server-side apply.
 *
 *   *      present even when zero: a pointer in Go
 *   +      always written, even when nobody set it
 *   -      left out when empty although it is required
 *   :T     the name of its Go type, as error messages call it
 *   ~key   a strategic merge merges the list by this key (by value where there is none)
 *   %      a strategic merge keeps only the keys that the patch names
 *   $      a strategic merge takes the patch's object instead of merging it
 *   ^k1,k2 server-side apply owns the list's entries by these keys; ^set by value, ^atomic as a whole;
 *          ^granular field by field, although its type is owned as a whole elsewhere
 *   =V     what it is when it is not given
 */
export const GO_FACTS = `
admissionregistration/v1.MatchResources matchPolicy*:MatchPolicyType namespaceSelector^atomic objectSelector^atomic
admissionregistration/v1.MutatingAdmissionPolicy spec+
admissionregistration/v1.MutatingAdmissionPolicyBinding spec+
admissionregistration/v1.MutatingAdmissionPolicyBindingSpec matchResources^atomic paramRef^atomic
admissionregistration/v1.MutatingAdmissionPolicySpec failurePolicy*:FailurePolicyType matchConditions~name^name matchConstraints^atomic paramKind^atomic reinvocationPolicy:ReinvocationPolicyType variables^atomic
admissionregistration/v1.MutatingWebhook failurePolicy*:FailurePolicyType matchConditions~name^name matchPolicy*:MatchPolicyType namespaceSelector^atomic objectSelector^atomic reinvocationPolicy*:ReinvocationPolicyType sideEffects*:SideEffectClass timeoutSeconds*
admissionregistration/v1.MutatingWebhookConfiguration webhooks~name^name
admissionregistration/v1.Mutation patchType:PatchType
admissionregistration/v1.NamedRuleWithOperations operations:[]OperationType scope*:ScopeType
admissionregistration/v1.ParamRef parameterNotFoundAction*:ParameterNotFoundActionType selector^atomic
admissionregistration/v1.RuleWithOperations operations:[]OperationType scope*:ScopeType
admissionregistration/v1.ServiceReference path* port*
admissionregistration/v1.ValidatingAdmissionPolicy spec+ status+
admissionregistration/v1.ValidatingAdmissionPolicyBindingSpec matchResources^atomic paramRef^atomic policyName- validationActions-:[]ValidationAction^set
admissionregistration/v1.ValidatingAdmissionPolicySpec failurePolicy*:FailurePolicyType matchConditions~name^name matchConstraints^atomic paramKind^atomic variables~name^name
admissionregistration/v1.ValidatingAdmissionPolicyStatus conditions^type observedGeneration:int64
admissionregistration/v1.ValidatingWebhook failurePolicy*:FailurePolicyType matchConditions~name^name matchPolicy*:MatchPolicyType namespaceSelector^atomic objectSelector^atomic sideEffects*:SideEffectClass timeoutSeconds*
admissionregistration/v1.ValidatingWebhookConfiguration webhooks~name^name
admissionregistration/v1.Validation reason*:v1.StatusReason
admissionregistration/v1.WebhookClientConfig caBundle:[]byte url*
apiextensions/v1.CustomResourceConversion strategy:ConversionStrategyType
apiextensions/v1.CustomResourceDefinition status+
apiextensions/v1.CustomResourceDefinitionCondition lastTransitionTime+ observedGeneration:int64 status:ConditionStatus type:CustomResourceDefinitionConditionType
apiextensions/v1.CustomResourceDefinitionSpec scope:ResourceScope
apiextensions/v1.CustomResourceDefinitionStatus acceptedNames+ conditions+^type observedGeneration:int64 storedVersions+
apiextensions/v1.CustomResourceDefinitionVersion deprecationWarning*
apiextensions/v1.CustomResourceSubresourceScale labelSelectorPath*
apiextensions/v1.JSONSchemaProps $ref* $schema:JSONSchemaURL definitions:JSONSchemaDefinitions dependencies:JSONSchemaDependencies maxItems*:int64 maxLength*:int64 maxProperties*:int64 maximum*:float64 minItems*:int64 minLength*:int64 minProperties*:int64 minimum*:float64 multipleOf*:float64 x-kubernetes-list-type* x-kubernetes-map-type* x-kubernetes-preserve-unknown-fields* x-kubernetes-validations:ValidationRules~rule^rule
apiextensions/v1.ServiceReference path* port*
apiextensions/v1.ValidationRule optionalOldSelf* reason*:FieldValueErrorReason
apiextensions/v1.WebhookClientConfig caBundle:[]byte url*
apiregistration/v1.APIService spec+ status+
apiregistration/v1.APIServiceCondition lastTransitionTime+ status:ConditionStatus type:APIServiceConditionType
apiregistration/v1.APIServiceSpec caBundle:[]byte
apiregistration/v1.APIServiceStatus conditions~type^type
apiregistration/v1.ServiceReference port*
apps/v1.ControllerRevision revision:int64
apps/v1.DaemonSet spec+ status+
apps/v1.DaemonSetCondition lastTransitionTime+ status:v1.ConditionStatus type:DaemonSetConditionType
apps/v1.DaemonSetSpec revisionHistoryLimit* selector*^atomic updateStrategy+
apps/v1.DaemonSetStatus collisionCount* conditions~type^type observedGeneration:int64
apps/v1.DaemonSetUpdateStrategy type:DaemonSetUpdateStrategyType
apps/v1.Deployment spec+ status+
apps/v1.DeploymentCondition lastTransitionTime+ lastUpdateTime+ status:v1.ConditionStatus type:DeploymentConditionType
apps/v1.DeploymentSpec progressDeadlineSeconds* replicas* revisionHistoryLimit* selector*^atomic strategy+%
apps/v1.DeploymentStatus collisionCount* conditions~type^type observedGeneration:int64 terminatingReplicas*
apps/v1.DeploymentStrategy type:DeploymentStrategyType
apps/v1.ReplicaSet spec+ status+
apps/v1.ReplicaSetCondition lastTransitionTime+ status:v1.ConditionStatus type:ReplicaSetConditionType
apps/v1.ReplicaSetSpec replicas* selector*^atomic template+
apps/v1.ReplicaSetStatus conditions~type^type observedGeneration:int64 terminatingReplicas*
apps/v1.RollingUpdateStatefulSetStrategy partition*
apps/v1.StatefulSet spec+ status+
apps/v1.StatefulSetCondition lastTransitionTime+ status:v1.ConditionStatus type:StatefulSetConditionType
apps/v1.StatefulSetOrdinals start+
apps/v1.StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:PersistentVolumeClaimRetentionPolicyType whenScaled:PersistentVolumeClaimRetentionPolicyType
apps/v1.StatefulSetSpec podManagementPolicy:PodManagementPolicyType replicas* revisionHistoryLimit* selector*^atomic serviceName+ updateStrategy+
apps/v1.StatefulSetStatus availableReplicas+ collisionCount* conditions~type^type observedGeneration:int64
apps/v1.StatefulSetUpdateStrategy type:StatefulSetUpdateStrategyType
authentication/v1.BoundObjectReference uid:types.UID
authentication/v1.SelfSubjectReview status+
authentication/v1.SelfSubjectReviewStatus userInfo+
authentication/v1.TokenRequest spec+ status+
authentication/v1.TokenRequestSpec audiences+ boundObjectRef*+ expirationSeconds*+:int64
authentication/v1.TokenRequestStatus expirationTimestamp+ token+
authentication/v1.TokenReview status+
authentication/v1.TokenReviewSpec token-
authentication/v1.TokenReviewStatus user+
authorization/v1.LocalSubjectAccessReview status+
authorization/v1.SelfSubjectAccessReview status+
authorization/v1.SelfSubjectRulesReview status+
authorization/v1.SubjectAccessReview status+
authorization/v1.SubjectAccessReviewSpec extra:map[string]ExtraValue
autoscaling/v1.HorizontalPodAutoscaler status+
autoscaling/v1.HorizontalPodAutoscalerSpec minReplicas* scaleTargetRef^atomic targetCPUUtilizationPercentage*
autoscaling/v1.HorizontalPodAutoscalerStatus currentCPUUtilizationPercentage* observedGeneration*:int64
autoscaling/v1.Scale spec+ status+
autoscaling/v2.ContainerResourceMetricSource name:v1.ResourceName
autoscaling/v2.ContainerResourceMetricStatus name:v1.ResourceName
autoscaling/v2.HPAScalingPolicy type:HPAScalingPolicyType
autoscaling/v2.HPAScalingRules policies* selectPolicy*:ScalingPolicySelect stabilizationWindowSeconds*
autoscaling/v2.HorizontalPodAutoscaler status+
autoscaling/v2.HorizontalPodAutoscalerCondition lastTransitionTime+ status:v1.ConditionStatus type:HorizontalPodAutoscalerConditionType
autoscaling/v2.HorizontalPodAutoscalerSpec minReplicas*
autoscaling/v2.HorizontalPodAutoscalerStatus conditions~type^type currentMetrics+ observedGeneration*:int64
autoscaling/v2.MetricIdentifier selector^atomic
autoscaling/v2.MetricSpec type:MetricSourceType
autoscaling/v2.MetricStatus type:MetricSourceType
autoscaling/v2.MetricTarget averageUtilization* type:MetricTargetType
autoscaling/v2.MetricValueStatus averageUtilization*
autoscaling/v2.ResourceMetricSource name:v1.ResourceName
autoscaling/v2.ResourceMetricStatus name:v1.ResourceName
batch/v1.CronJob status+
batch/v1.CronJobSpec concurrencyPolicy:ConcurrencyPolicy failedJobsHistoryLimit* startingDeadlineSeconds*:int64 successfulJobsHistoryLimit* suspend* timeZone*
batch/v1.Job spec+ status+
batch/v1.JobCondition lastProbeTime+ lastTransitionTime+ status:v1.ConditionStatus type:JobConditionType
batch/v1.JobSpec activeDeadlineSeconds*:int64 backoffLimit* backoffLimitPerIndex* completionMode*:CompletionMode completions* managedBy* manualSelector* maxFailedIndexes* parallelism* podReplacementPolicy*:PodReplacementPolicy selector^atomic suspend* ttlSecondsAfterFinished*
batch/v1.JobStatus conditions~type failedIndexes* ready* terminating*
batch/v1.JobTemplateSpec spec+
batch/v1.PodFailurePolicyOnExitCodesRequirement containerName* operator:PodFailurePolicyOnExitCodesOperator values^set
batch/v1.PodFailurePolicyOnPodConditionsPattern status+:v1.ConditionStatus type:v1.PodConditionType
batch/v1.PodFailurePolicyRule action:PodFailurePolicyAction
batch/v1.SuccessPolicyRule succeededCount* succeededIndexes*
batch/v1.UncountedTerminatedPods failed:[]types.UID^set succeeded:[]types.UID^set
certificates/v1.CertificateSigningRequest status+
certificates/v1.CertificateSigningRequestCondition lastTransitionTime+ lastUpdateTime+ status:v1.ConditionStatus type:RequestConditionType
certificates/v1.CertificateSigningRequestSpec expirationSeconds* extra:map[string]ExtraValue request:[]byte usages:[]KeyUsage
certificates/v1.CertificateSigningRequestStatus certificate:[]byte conditions^type
coordination/v1.Lease spec+
coordination/v1.LeaseSpec holderIdentity* leaseDurationSeconds* leaseTransitions* preferredHolder* strategy*:CoordinatedLeaseStrategy
core/v1.AppArmorProfile localhostProfile* type:AppArmorProfileType
core/v1.AttachedVolume name:UniqueVolumeName
core/v1.AzureDiskVolumeSource cachingMode*:AzureDataDiskCachingMode fsType* kind*:AzureDataDiskKind readOnly*
core/v1.AzureFilePersistentVolumeSource secretNamespace*+
core/v1.Binding target^atomic
core/v1.CSIPersistentVolumeSource controllerExpandSecretRef^atomic controllerPublishSecretRef^atomic nodeExpandSecretRef^atomic nodePublishSecretRef^atomic nodeStageSecretRef^atomic
core/v1.CSIVolumeSource fsType* nodePublishSecretRef^atomic readOnly*
core/v1.Capabilities add:[]Capability drop:[]Capability
core/v1.CephFSPersistentVolumeSource secretRef^atomic
core/v1.CephFSVolumeSource secretRef^atomic
core/v1.CinderPersistentVolumeSource secretRef^atomic
core/v1.CinderVolumeSource secretRef^atomic
core/v1.ClientIPConfig timeoutSeconds*
core/v1.ClusterTrustBundleProjection labelSelector^atomic name* optional* signerName*
core/v1.ComponentCondition status:ConditionStatus type:ComponentConditionType
core/v1.ComponentStatus conditions~type^type
core/v1.ConfigMap binaryData:map[string][]byte immutable*
core/v1.ConfigMapEnvSource optional*
core/v1.ConfigMapKeySelector optional*
core/v1.ConfigMapNodeConfigSource uid:types.UID
core/v1.ConfigMapProjection optional*
core/v1.ConfigMapVolumeSource defaultMode* optional*
core/v1.Container env~name^name imagePullPolicy:PullPolicy ports~containerPort^containerPort,protocol resources+ restartPolicy*:ContainerRestartPolicy terminationMessagePolicy:TerminationMessagePolicy volumeDevices~devicePath^devicePath volumeMounts~mountPath^mountPath
core/v1.ContainerImage names+ sizeBytes:int64
core/v1.ContainerPort protocol:Protocol=TCP
core/v1.ContainerResizePolicy resourceName:ResourceName restartPolicy:ResourceResizeRestartPolicy
core/v1.ContainerRestartRule action-:ContainerRestartRuleAction
core/v1.ContainerRestartRuleOnExitCodes operator-:ContainerRestartRuleOnExitCodesOperator values^set
core/v1.ContainerStateRunning startedAt+
core/v1.ContainerStateTerminated finishedAt+ startedAt+
core/v1.ContainerStatus allocatedResources:ResourceList allocatedResourcesStatus~name^name lastState+ started* state+ stopSignal*:Signal volumeMounts~mountPath^mountPath
core/v1.DownwardAPIVolumeFile fieldRef^atomic mode* resourceFieldRef^atomic
core/v1.DownwardAPIVolumeSource defaultMode*
core/v1.EmptyDirVolumeSource medium:StorageMedium
core/v1.EndpointAddress nodeName* targetRef^atomic
core/v1.EndpointPort appProtocol* protocol:Protocol
core/v1.EnvVarSource configMapKeyRef^atomic fieldRef^atomic fileKeyRef^atomic resourceFieldRef^atomic secretKeyRef^atomic
core/v1.EphemeralContainer env~name^name imagePullPolicy:PullPolicy ports~containerPort^containerPort,protocol resources+ restartPolicy*:ContainerRestartPolicy terminationMessagePolicy:TerminationMessagePolicy volumeDevices~devicePath^devicePath volumeMounts~mountPath^mountPath
core/v1.Event eventTime+ firstTimestamp+ involvedObject^atomic lastTimestamp+ related^atomic reportingComponent+ reportingInstance+ source+
core/v1.EventSeries lastObservedTime+
core/v1.FCVolumeSource lun*
core/v1.FileKeySelector optional*
core/v1.FlexPersistentVolumeSource secretRef^atomic
core/v1.FlexVolumeSource secretRef^atomic
core/v1.GRPCAction service*+
core/v1.GlusterfsPersistentVolumeSource endpointsNamespace*
core/v1.HTTPGetAction scheme:URIScheme
core/v1.HostPathVolumeSource type*:HostPathType
core/v1.ISCSIPersistentVolumeSource initiatorName* secretRef^atomic
core/v1.ISCSIVolumeSource initiatorName* secretRef^atomic
core/v1.ImageVolumeSource pullPolicy:PullPolicy
core/v1.ImageVolumeStatus imageRef-
core/v1.KeyToPath mode*
core/v1.Lifecycle stopSignal*:Signal
core/v1.LimitRange spec+
core/v1.LimitRangeItem default:ResourceList defaultRequest:ResourceList max:ResourceList maxLimitRequestRatio:ResourceList min:ResourceList type:LimitType
core/v1.LinuxContainerUser gid:int64 supplementalGroups:[]int64 uid:int64
core/v1.LoadBalancerIngress ipMode*:LoadBalancerIPMode
core/v1.LocalVolumeSource fsType*
core/v1.ModifyVolumeStatus status:PersistentVolumeClaimModifyVolumeStatus
core/v1.Namespace spec+ status+
core/v1.NamespaceCondition lastTransitionTime+ status:ConditionStatus type:NamespaceConditionType
core/v1.NamespaceSpec finalizers:[]FinalizerName
core/v1.NamespaceStatus conditions~type^type phase:NamespacePhase
core/v1.Node spec+ status+
core/v1.NodeAddress type:NodeAddressType
core/v1.NodeAffinity requiredDuringSchedulingIgnoredDuringExecution^atomic
core/v1.NodeAllocatableResourceClaimStatus containers^set
core/v1.NodeCondition lastHeartbeatTime+ lastTransitionTime+ status:ConditionStatus type:NodeConditionType
core/v1.NodeDaemonEndpoints kubeletEndpoint+
core/v1.NodeFeatures supplementalGroupsPolicy*
core/v1.NodeRuntimeHandler name+
core/v1.NodeRuntimeHandlerFeatures recursiveReadOnlyMounts* userNamespaces*
core/v1.NodeSelectorRequirement operator:NodeSelectorOperator
core/v1.NodeSpec podCIDRs~^set
core/v1.NodeStatus addresses~type^type allocatable:ResourceList capacity:ResourceList conditions~type^type daemonEndpoints+ nodeInfo+ phase:NodePhase volumesInUse:[]UniqueVolumeName
core/v1.NodeSwapStatus capacity*:int64
core/v1.ObjectReference uid:types.UID
core/v1.PersistentVolume spec+ status+
core/v1.PersistentVolumeClaim spec+ status+
core/v1.PersistentVolumeClaimCondition lastProbeTime+ lastTransitionTime+ status:ConditionStatus type:PersistentVolumeClaimConditionType
core/v1.PersistentVolumeClaimSpec accessModes:[]PersistentVolumeAccessMode dataSource^atomic resources+ selector^atomic storageClassName* volumeAttributesClassName* volumeMode*:PersistentVolumeMode
core/v1.PersistentVolumeClaimStatus accessModes:[]PersistentVolumeAccessMode allocatedResourceStatuses:map[ResourceName]ClaimResourceStatus allocatedResources:ResourceList capacity:ResourceList conditions~type^type currentVolumeAttributesClassName* phase:PersistentVolumeClaimPhase
core/v1.PersistentVolumeSpec accessModes:[]PersistentVolumeAccessMode capacity:ResourceList claimRef^granular persistentVolumeReclaimPolicy:PersistentVolumeReclaimPolicy volumeAttributesClassName* volumeMode*:PersistentVolumeMode
core/v1.PersistentVolumeStatus phase:PersistentVolumePhase
core/v1.Pod spec+ status+
core/v1.PodAffinityTerm labelSelector^atomic namespaceSelector^atomic
core/v1.PodCertificateProjection keyType- maxExpirationSeconds* signerName-
core/v1.PodCondition lastProbeTime+ lastTransitionTime+ observedGeneration:int64 status:ConditionStatus type:PodConditionType
core/v1.PodDNSConfigOption value*
core/v1.PodOS name:OSName
core/v1.PodReadinessGate conditionType:PodConditionType
core/v1.PodResourceClaim resourceClaimName* resourceClaimTemplateName*
core/v1.PodResourceClaimStatus resourceClaimName*
core/v1.PodSchedulingGroup podGroupName*
core/v1.PodSecurityContext fsGroup*:int64 fsGroupChangePolicy*:PodFSGroupChangePolicy runAsGroup*:int64 runAsNonRoot* runAsUser*:int64 seLinuxChangePolicy*:PodSELinuxChangePolicy supplementalGroups:[]int64 supplementalGroupsPolicy*:SupplementalGroupsPolicy
core/v1.PodSpec activeDeadlineSeconds*:int64 automountServiceAccountToken* containers~name^name dnsPolicy:DNSPolicy enableServiceLinks* ephemeralContainers~name^name hostAliases~ip^ip hostUsers* hostnameOverride* imagePullSecrets~name^name initContainers~name^name nodeSelector^atomic overhead:ResourceList preemptionPolicy*:PreemptionPolicy priority* resourceClaims~name%^name restartPolicy:RestartPolicy runtimeClassName* schedulingGates~name^name setHostnameAsFQDN* shareProcessNamespace* terminationGracePeriodSeconds*:int64 topologySpreadConstraints~topologyKey^topologyKey,whenUnsatisfiable volumes~name%^name
core/v1.PodStatus allocatedResources:ResourceList conditions~type^type hostIPs~ip observedGeneration:int64 phase:PodPhase podIPs~ip^ip qosClass:PodQOSClass resize:PodResizeStatus resourceClaimStatuses~name%^name
core/v1.PodTemplate template+
core/v1.PodTemplateSpec spec+
core/v1.PortStatus error* protocol:Protocol
core/v1.PreferredSchedulingTerm preference^atomic
core/v1.Probe terminationGracePeriodSeconds*:int64
core/v1.ProjectedVolumeSource defaultMode* sources+
core/v1.RBDPersistentVolumeSource secretRef^atomic
core/v1.RBDVolumeSource secretRef^atomic
core/v1.ReplicationController spec+ status+
core/v1.ReplicationControllerCondition lastTransitionTime+ status:ConditionStatus type:ReplicationControllerConditionType
core/v1.ReplicationControllerSpec replicas* selector^atomic
core/v1.ReplicationControllerStatus conditions~type^type observedGeneration:int64
core/v1.ResourceFieldSelector divisor+
core/v1.ResourceHealth health:ResourceHealthStatus message* resourceID:ResourceID
core/v1.ResourceQuota spec+ status+
core/v1.ResourceQuotaSpec hard:ResourceList scopeSelector^atomic scopes:[]ResourceQuotaScope
core/v1.ResourceQuotaStatus hard:ResourceList used:ResourceList
core/v1.ResourceRequirements claims^name limits:ResourceList requests:ResourceList
core/v1.ResourceStatus name:ResourceName resources^resourceID
core/v1.ScaleIOPersistentVolumeSource secretRef*^atomic
core/v1.ScaleIOVolumeSource secretRef*^atomic
core/v1.ScopedResourceSelectorRequirement operator:ScopeSelectorOperator scopeName:ResourceQuotaScope
core/v1.SeccompProfile localhostProfile* type:SeccompProfileType
core/v1.Secret data:map[string][]byte immutable* type:SecretType
core/v1.SecretEnvSource optional*
core/v1.SecretKeySelector optional*
core/v1.SecretProjection optional*
core/v1.SecretVolumeSource defaultMode* optional*
core/v1.SecurityContext allowPrivilegeEscalation* privileged* procMount*:ProcMountType readOnlyRootFilesystem* runAsGroup*:int64 runAsNonRoot* runAsUser*:int64
core/v1.Service spec+ status+
core/v1.ServiceAccount automountServiceAccountToken* secrets~name^name
core/v1.ServiceAccountTokenProjection expirationSeconds*:int64
core/v1.ServicePort appProtocol* protocol:Protocol=TCP targetPort+
core/v1.ServiceSpec allocateLoadBalancerNodePorts* externalTrafficPolicy:ServiceExternalTrafficPolicy internalTrafficPolicy*:ServiceInternalTrafficPolicy ipFamilies:[]IPFamily ipFamilyPolicy*:IPFamilyPolicy loadBalancerClass* ports~port^port,protocol selector^atomic sessionAffinity:ServiceAffinity trafficDistribution* type:ServiceType
core/v1.ServiceStatus conditions~type^type loadBalancer+
core/v1.SleepAction seconds:int64
core/v1.StorageOSPersistentVolumeSource secretRef^atomic
core/v1.StorageOSVolumeSource secretRef^atomic
core/v1.Taint effect:TaintEffect
core/v1.Toleration effect:TaintEffect operator:TolerationOperator tolerationSeconds*:int64
core/v1.TopologySpreadConstraint labelSelector^atomic minDomains* nodeAffinityPolicy*:NodeInclusionPolicy nodeTaintsPolicy*:NodeInclusionPolicy whenUnsatisfiable:UnsatisfiableConstraintAction
core/v1.TypedLocalObjectReference apiGroup*+
core/v1.TypedObjectReference apiGroup*+ namespace*
core/v1.VolumeMount mountPropagation*:MountPropagationMode recursiveReadOnly*:RecursiveReadOnlyMode
core/v1.VolumeMountStatus recursiveReadOnly*:RecursiveReadOnlyMode
core/v1.VolumeNodeAffinity required^atomic
core/v1.VolumeResourceRequirements limits:ResourceList requests:ResourceList
core/v1.WindowsSecurityContextOptions gmsaCredentialSpec* gmsaCredentialSpecName* hostProcess* runAsUserName*
discovery/v1.Endpoint addresses^set conditions+ hostname* nodeName* targetRef^atomic zone*
discovery/v1.EndpointConditions ready* serving* terminating*
discovery/v1.EndpointPort appProtocol* name* port* protocol*:v1.Protocol
discovery/v1.EndpointSlice addressType:AddressType endpoints+ ports+
events/v1.Event deprecatedFirstTimestamp+ deprecatedLastTimestamp+ deprecatedSource+ regarding+^atomic related^atomic
flowcontrol/v1.ExemptPriorityLevelConfiguration lendablePercent* nominalConcurrencyShares*
flowcontrol/v1.FlowDistinguisherMethod type:FlowDistinguisherMethodType
flowcontrol/v1.FlowSchema spec+ status+
flowcontrol/v1.FlowSchemaCondition lastTransitionTime+ status:ConditionStatus type:FlowSchemaConditionType
flowcontrol/v1.FlowSchemaSpec matchingPrecedence+
flowcontrol/v1.FlowSchemaStatus conditions~type^type
flowcontrol/v1.LimitResponse type:LimitResponseType
flowcontrol/v1.LimitedPriorityLevelConfiguration borrowingLimitPercent* lendablePercent* limitResponse+ nominalConcurrencyShares*
flowcontrol/v1.NonResourcePolicyRule nonResourceURLs^set verbs^set
flowcontrol/v1.PriorityLevelConfiguration spec+ status+
flowcontrol/v1.PriorityLevelConfigurationCondition lastTransitionTime+ status:ConditionStatus type:PriorityLevelConfigurationConditionType
flowcontrol/v1.PriorityLevelConfigurationSpec type:PriorityLevelEnablement
flowcontrol/v1.PriorityLevelConfigurationStatus conditions~type^type
flowcontrol/v1.QueuingConfiguration handSize+ queueLengthLimit+ queues+
flowcontrol/v1.ResourcePolicyRule apiGroups^set namespaces+^set resources^set verbs^set
flowcontrol/v1.Subject kind:SubjectKind
meta/v1.Condition observedGeneration:int64 status:ConditionStatus
meta/v1.DeleteOptions gracePeriodSeconds*:int64 ignoreStoreReadErrorWithClusterBreakingPotential* orphanDependents* propagationPolicy*:DeletionPropagation
meta/v1.FieldSelectorRequirement operator:FieldSelectorOperator
meta/v1.LabelSelectorRequirement operator:LabelSelectorOperator
meta/v1.ListMeta remainingItemCount*:int64
meta/v1.ManagedFieldsEntry operation:ManagedFieldsOperationType
meta/v1.ObjectMeta deletionGracePeriodSeconds*:int64 finalizers~^set generation:int64 ownerReferences~uid^uid uid:types.UID
meta/v1.OwnerReference blockOwnerDeletion* controller* uid:types.UID
meta/v1.Preconditions resourceVersion* uid*:types.UID
meta/v1.Status reason:StatusReason
meta/v1.StatusCause reason:CauseType
meta/v1.StatusDetails uid:types.UID
networking/v1.HTTPIngressPath pathType*:PathType
networking/v1.IPAddress spec+
networking/v1.IPAddressSpec parentRef-
networking/v1.Ingress spec+ status+
networking/v1.IngressBackend resource^atomic
networking/v1.IngressClass spec+
networking/v1.IngressClassParametersReference apiGroup* namespace* scope*+
networking/v1.IngressPortStatus error* protocol:v1.Protocol
networking/v1.IngressServiceBackend port+^atomic
networking/v1.IngressSpec ingressClassName*
networking/v1.IngressStatus loadBalancer+
networking/v1.NetworkPolicy spec+
networking/v1.NetworkPolicyPeer namespaceSelector^atomic podSelector^atomic
networking/v1.NetworkPolicyPort endPort* protocol*:v1.Protocol
networking/v1.NetworkPolicySpec podSelector+^atomic policyTypes:[]PolicyType
networking/v1.ParentReference name- resource-
networking/v1.ServiceCIDR spec+ status+
networking/v1.ServiceCIDRStatus conditions~type^type
node/v1.Overhead podFixed:v1.ResourceList
node/v1.Scheduling nodeSelector^atomic
policy/v1.PodDisruptionBudget spec+ status+
policy/v1.PodDisruptionBudgetSpec selector$^atomic unhealthyPodEvictionPolicy*:UnhealthyPodEvictionPolicyType
policy/v1.PodDisruptionBudgetStatus conditions~type^type currentHealthy+ desiredHealthy+ disruptionsAllowed+ expectedPods+ observedGeneration:int64
rbac/v1.ClusterRole rules+
rbac/v1.ClusterRoleBinding roleRef^atomic
rbac/v1.Role rules+
rbac/v1.RoleBinding roleRef^atomic
rbac/v1.RoleRef apiGroup+
resource/v1.AllocatedDeviceStatus conditions+^type shareID*
resource/v1.AllocationResult devices+
resource/v1.CapacityRequestPolicy default+
resource/v1.CounterSet counters-
resource/v1.Device allNodes* allowMultipleAllocations* bindsToNode* nodeName*
resource/v1.DeviceAllocationConfiguration source:AllocationConfigSource
resource/v1.DeviceAttribute bool* int*:int64 string* version*
resource/v1.DeviceClaim requests+
resource/v1.DeviceClassSpec extendedResourceName*
resource/v1.DeviceConstraint distinctAttribute*:FullyQualifiedName matchAttribute*:FullyQualifiedName
resource/v1.DeviceCounterConsumption counters-
resource/v1.DeviceRequestAllocationResult adminAccess*
resource/v1.DeviceSubRequest allocationMode:DeviceAllocationMode count:int64
resource/v1.DeviceTaint effect:DeviceTaintEffect
resource/v1.DeviceToleration effect:DeviceTaintEffect operator:DeviceTolerationOperator tolerationSeconds*:int64
resource/v1.ExactDeviceRequest adminAccess* allocationMode:DeviceAllocationMode count:int64
resource/v1.NodeAllocatableResourceMapping capacityKey*:QualifiedName
resource/v1.ResourceClaim status+
resource/v1.ResourceClaimSpec devices+
resource/v1.ResourceClaimStatus devices^driver,device,pool,shareID reservedFor~uid^uid
resource/v1.ResourcePool generation:int64 resourceSliceCount:int64
resource/v1.ResourceSliceSpec allNodes* nodeName* perDeviceNodeSelection*
scheduling/v1.PriorityClass preemptionPolicy*:v1.PreemptionPolicy value+
storage/v1.CSIDriverSpec attachRequired* fsGroupPolicy*:FSGroupPolicy nodeAllocatableUpdatePeriodSeconds*:int64 podInfoOnMount* preventPodSchedulingIfMissing* requiresRepublish* seLinuxMount* serviceAccountTokenInSecrets* storageCapacity* volumeLifecycleModes:[]VolumeLifecycleMode^set
storage/v1.CSINodeDriver topologyKeys+
storage/v1.CSINodeSpec drivers~name^name
storage/v1.CSIStorageCapacity nodeTopology^atomic
storage/v1.StorageClass allowVolumeExpansion* reclaimPolicy*:v1.PersistentVolumeReclaimPolicy volumeBindingMode*:VolumeBindingMode
storage/v1.TokenRequest expirationSeconds*:int64
storage/v1.VolumeAttachment status+
storage/v1.VolumeAttachmentSource persistentVolumeName*
storage/v1.VolumeError errorCode* time+
storage/v1.VolumeNodeResources count*
`
